import { describe, expect, it } from 'vitest';
import { cameraProblemOf } from './photo-camera';

const domError = (name: string): Error => Object.assign(new Error(''), { name });

describe('cameraProblemOf', () => {
  it.each([
    ['NotAllowedError', 'refused'],
    ['NotFoundError', 'missing'],
    ['OverconstrainedError', 'missing'],
    ['NotReadableError', 'busy'],
    ['TypeError', 'other'],
    ['constructor', 'other'],
  ])('calls %s %s', (name, problem) => {
    expect(cameraProblemOf(domError(name))).toBe(problem);
  });

  it('survives what is no error', () => {
    expect(cameraProblemOf('no camera')).toBe('other');
  });
});
