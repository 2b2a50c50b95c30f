import { describe, expect, it } from 'vitest';
import prompts from '../contract/prompts.json';
import { QUESTION_IDS, questionFor } from './families';
import {
  optionLetter,
  optionsRotated,
  optionsWithLetters,
  promptText,
  promptTextWithImages,
  type AnswerFormat,
} from './prompt';

const promptOf = (
  id: (typeof QUESTION_IDS)[number],
): { stem: string; options: ReturnType<typeof optionsWithLetters> } => ({
  stem: questionFor(id).stem,
  options: optionsWithLetters(questionFor(id).options),
});

describe('promptText', () => {
  it('is the paper’s first example, to the letter', () => {
    expect(promptTextWithImages(promptOf('ego-translation'), 'letter')).toBe(
      "<image><image>The object captured in these two photos did not move. From the camera's perspective, did the position of the camera that captured the second photo move relative to the first photo's camera position? A: Move to the left B: Move to the right C: No movement Select the correct option, please output only the option letter!",
    );
  });

  it('is the paper’s third example, in its own order of options', () => {
    const { stem, options } = questionFor('ego-rotation');
    const [left, right, none] = options as [(typeof options)[0], (typeof options)[0], (typeof options)[0]];
    expect(promptTextWithImages({ stem, options: optionsWithLetters([none, right, left]) }, 'letter')).toBe(
      "<image><image>The object captured in these two photos did not move. From the camera's perspective, did the orientation of the camera that captured the second photo rotate relative to the first photo's camera orientation? A: No rotation B: Rotate to the right C: Rotate to the left Select the correct option, please output only the option letter!",
    );
  });

  it('lists options only when a letter is asked, and joins by single spaces', () => {
    for (const id of QUESTION_IDS) {
      for (const format of Object.keys(prompts.formats) as AnswerFormat[]) {
        const text = promptText(promptOf(id), format);
        expect(text).not.toMatch(/\s\s|^\s|\s$|\n/);
        expect(text.includes(' A: ')).toBe(format === 'letter');
      }
    }
  });
});

describe('options', () => {
  it.each([2, 3, 5, 6])('%i of them have other letters in the second order, and come round', (count) => {
    const keys = Array.from({ length: count }, (_, index) => `key-${index}`);
    const first = optionsWithLetters(keys.map((key) => ({ key, text: key })));
    const second = optionsRotated(first);
    expect(second.map(({ letter }) => letter)).toEqual(first.map(({ letter }) => letter));
    expect(second.map(({ key }) => key).sort()).toEqual(keys);
    second.forEach(({ key }, index) => expect(key).not.toBe(first[index]?.key));
    expect(keys.reduce((options) => optionsRotated(options), first)).toEqual(first);
  });

  it('run out of letters loudly', () => {
    expect(optionLetter(2)).toBe('C');
    expect(() => optionLetter(26)).toThrow(RangeError);
  });
});
