/** One line that says how far a run is and when it ends. */

const BAR_CELLS = 24;

function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** @param done of `total`, both in objects; `doneBefore` of them were there already and tell nothing about the speed */
export function progressLine(label: string, done: number, total: number, seconds: number, doneBefore = 0): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const full = Math.round(share * BAR_CELLS);
  const made = done - doneBefore;
  const left = made > 0 && seconds > 0 ? `, ${durationText(((total - done) * seconds) / made)} left` : '';
  return `${label} [${'#'.repeat(full)}${'.'.repeat(BAR_CELLS - full)}] ${done}/${total}${left}`;
}

/** Draws the line again and again on a terminal; elsewhere nothing but what `note` says. */
export class Progress {
  private done: number;
  private readonly label: string;
  private readonly total: number;
  private readonly doneBefore: number;
  private readonly startedMs = performance.now();
  private readonly isTerminal = process.stderr.isTTY === true;

  constructor(label: string, total: number, doneBefore: number) {
    this.label = label;
    this.total = total;
    this.done = this.doneBefore = doneBefore;
  }

  step(count = 1): void {
    this.done += count;
    if (!this.isTerminal) return;
    const seconds = (performance.now() - this.startedMs) / 1000;
    process.stderr.write(`\r\u001b[K${progressLine(this.label, this.done, this.total, seconds, this.doneBefore)}`);
  }

  /** A line that stays. */
  note(text: string): void {
    if (this.isTerminal) process.stderr.write('\r\u001b[K');
    console.log(text);
  }
}
