/** The camera in one of the photos' places: open, take, go on to the next place, close. */
import { useEffect, useRef, useState } from 'react';
import {
  cameraClose,
  cameraOpen,
  cameraProblemOf,
  cameraShow,
  mayUseCamera,
  photoTake,
  type CameraProblem,
} from './photo-camera';

export interface PhotoCamera {
  readonly isThere: boolean;
  /** The place whose picture it shows; null while it is closed. */
  readonly slot: number | null;
  readonly isLive: boolean;
  /** Why it is closed again, and where somebody wanted it. */
  readonly problem: { readonly slot: number; readonly kind: CameraProblem } | null;
  readonly setVideo: (video: HTMLVideoElement | null) => void;
  readonly open: (slot: number) => void;
  readonly close: () => void;
  /** What it sees now, null before its first picture. `next`: the place to go on to; null closes the camera. */
  readonly take: (name: string, next: number | null) => Promise<File | null>;
}

export function usePhotoCamera(): PhotoCamera {
  const [slot, setSlot] = useState<number | null>(null);
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [isLive, setLive] = useState(false);
  const [problem, setProblem] = useState<PhotoCamera['problem']>(null);
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  /** Counts openings and closings: a camera that was allowed too late is closed at once. */
  const latest = useRef(0);

  useEffect(() => () => (stream ? cameraClose(stream) : undefined), [stream]);
  useEffect(() => () => void latest.current++, []);
  useEffect(() => {
    if (!video || !stream) return;
    return cameraShow(video, stream, () => setLive(true));
  }, [video, stream]);

  const close = (): void => {
    latest.current++;
    setSlot(null);
    setStream(null);
    setLive(false);
    setProblem(null);
  };
  useEffect(() => {
    const track = stream?.getVideoTracks()[0];
    if (!track || slot === null) return;
    // Unplugged, or taken away in the browser's own settings: said where its next picture was to go.
    const ended = (): void => {
      close();
      setProblem({ slot, kind: 'missing' });
    };
    track.addEventListener('ended', ended);
    return () => track.removeEventListener('ended', ended);
  }, [stream, slot]);
  const open = (at: number): void => {
    setSlot(at);
    setProblem(null);
    if (stream) return;
    const token = ++latest.current;
    cameraOpen().then(
      (opened) => {
        if (token !== latest.current) return cameraClose(opened);
        setStream(opened);
      },
      (thrown: unknown) => {
        if (token !== latest.current) return;
        close();
        setProblem({ slot: at, kind: cameraProblemOf(thrown) });
      },
    );
  };
  const take: PhotoCamera['take'] = async (name, next) => {
    const token = latest.current;
    const file = video && (await photoTake(video, name));
    // Closed, or unplugged, while the picture was packed: there is no camera to go on with.
    if (!file || token !== latest.current) return file;
    if (next === null) close();
    else setSlot(next);
    return file;
  };
  return { isThere: mayUseCamera(), slot, isLive, problem, setVideo, open, close, take };
}
