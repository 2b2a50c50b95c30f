/** A person's own camera as a source of photos: open while somebody looks at it, closed with its last photo. */

/** Why there is no picture: the person or the page around refused, there is none, another program has it, something else. */
export type CameraProblem = 'refused' | 'missing' | 'busy' | 'other';

/** False too on pages that came over plain HTTP: browsers keep cameras from them. */
export const mayUseCamera = (): boolean => typeof navigator.mediaDevices?.getUserMedia === 'function';

const PROBLEM_BY_ERROR: ReadonlyMap<string, CameraProblem> = new Map([
  ['NotAllowedError', 'refused'],
  ['SecurityError', 'refused'],
  ['NotFoundError', 'missing'],
  ['OverconstrainedError', 'missing'],
  ['NotReadableError', 'busy'],
  ['AbortError', 'busy'],
]);

export const cameraProblemOf = (thrown: unknown): CameraProblem =>
  (thrown instanceof Error ? PROBLEM_BY_ERROR.get(thrown.name) : undefined) ?? 'other';

/** The camera that looks away from the person, where there are two. Rejects with the browser's DOMException. */
export const cameraOpen = (): Promise<MediaStream> =>
  navigator.mediaDevices.getUserMedia({
    video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 960 } },
    audio: false,
  });

/** Its light goes out. */
export const cameraClose = (stream: MediaStream): void => stream.getTracks().forEach((track) => track.stop());

/** `onLive`: called when the first picture is there. Returns what ends that. */
export function cameraShow(video: HTMLVideoElement, stream: MediaStream, onLive: () => void): () => void {
  video.addEventListener('playing', onLive);
  video.srcObject = stream;
  return () => video.removeEventListener('playing', onLive);
}

/** What the camera sees now, as it is: mirrored, left and right would change places. Null before its first picture. */
export async function photoTake(video: HTMLVideoElement, name: string): Promise<File | null> {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0 || height === 0) return null;
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return blob && new File([blob], name, { type: blob.type });
}
