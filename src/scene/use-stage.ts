/** A stage of its own for one view, showing a copy of the object. */
import { useEffect, useMemo } from 'react';
import type { Texture } from 'three';
import type { SceneSpec } from '../core/scene-spec';
import type { NormalizedObject } from './normalized-object';
import { objectClone } from './object-clone';
import { Stage } from './stage';

export function useStage(environment: Texture, object: NormalizedObject, spec: SceneSpec): Stage {
  const stage = useMemo(() => new Stage(environment), [environment]);
  useEffect(() => () => stage.dispose(), [stage]);
  useMemo(() => stage.setSpec(spec), [stage, spec]);
  useMemo(() => stage.setObject(objectClone(object)), [stage, object]);
  return stage;
}
