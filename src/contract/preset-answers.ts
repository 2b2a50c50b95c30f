/** Type of preset-answers.schema.json: what the model answers about the pairs that a first visit opens with. */
export interface PresetAnswers {
  readonly schemaVersion: number;
  readonly model: string;
  /** SHA-256 of the model's manifest.json, hexadecimal: answers of another version are out of date. */
  readonly manifestSha256: string;
  readonly device: string;
  /** `object/seed/family` to the calibrated share of every option, by the option's key. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export const PRESET_ANSWERS_SCHEMA_VERSION = 1;
