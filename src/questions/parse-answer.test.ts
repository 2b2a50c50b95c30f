import { describe, expect, it } from 'vitest';
import { angleOption } from './broad-families';
import { questionFor } from './families';
import { parseAnswer } from './parse-answer';
import { optionsWithLetters } from './prompt';

const moves = optionsWithLetters(questionFor('ego-translation').options);
const turns = optionsWithLetters(questionFor('ego-rotation').options);

describe('which option a text means (A left, B right, C none)', () => {
  it.each([
    ['B', 'right'],
    [' b \n', 'right'],
    ['B.', 'right'],
    ['(B)', 'right'],
    ['**B**', 'right'],
    ['Answer: B', 'right'],
    ['**Answer:** B', 'right'],
    ['answer: c', 'none'],
    ['The answer is A.', 'left'],
    ['The correct option is (C)', 'none'],
    ['Option B because the camera moved to the right.', 'right'],
    ['B: Move to the right', 'right'],
    ['B) Move to the right', 'right'],
    ['A\nThe other side of the object comes into sight.', 'left'],
    ['Move to the left', 'left'],
    ['move to the RIGHT.', 'right'],
    ['No movement', 'none'],
    ['No movement.', 'none'],
    ['left', 'left'],
    ['none', 'none'],
    ['The camera moved rightwards.', 'right'],
    ['It moved to the right of where it was.', 'right'],
    ['The camera did not move.', 'none'],
    ["The camera didn't move.", 'none'],
    ['There was no movement at all.', 'none'],
    ['neither left nor right', 'none'],
    ['The answer is a move to the left.', 'left'],
    ['The right answer is: left', 'left'],
    ['<think>It moves left … or right?</think><answer>B</answer>', 'right'],
    ['<think>left left left</think> <answer>Move to the right</answer>', 'right'],
    ['<think>first</think>The answer is A', 'left'],
    ['<answer>C', 'none'],
    ['<answer>A</answer> no: <answer>B</answer>', 'right'],
  ])('%j → %s', (text, key) => {
    expect(parseAnswer(text, moves, 'letter').key).toBe(key);
  });

  it.each([
    '',
    '   ',
    'D',
    'Answer: D',
    'A or B',
    '(A) or (B)',
    'left or right',
    'It did not move to the left.',
    'right, not left',
    'B: Move to the left',
    'The answer is B: move to the left',
    'I cannot tell.',
    'A camera took two photos.',
    '<think>it moved right',
    '<think>it moved right</think>',
    '<answer></answer>',
    'bright leftovers',
  ])('%j → nothing', (text) => {
    expect(parseAnswer(text, moves, 'letter').key).toBeNull();
  });

  it('follows the order of the options', () => {
    const shuffled = optionsWithLetters([...questionFor('ego-translation').options].reverse());
    expect(parseAnswer('A', shuffled, 'letter').key).toBe('none');
    expect(parseAnswer('Answer: C', shuffled, 'letter').key).toBe('left');
  });

  it.each([
    ['Rotate to the left', 'left'],
    ['No rotation', 'none'],
    ['The camera did not rotate.', 'none'],
    ['It turned right.', 'right'],
  ])('rotation: %j → %s', (text, key) => {
    expect(parseAnswer(text, turns, 'words').key).toBe(key);
  });
});

describe('which angle a text means', () => {
  const angles = optionsWithLetters([-40, 40, -70, 75].map(angleOption));
  it.each([
    ['<think>It turned.</think><answer>+40°</answer>', 'right-40'],
    ['-40°', 'left-40'],
    ['−40 degrees', 'left-40'],
    ['40', 'right-40'],
    ['40 degrees to the left', 'left-40'],
    ['40° left', 'left-40'],
    ['+75', 'right-75'],
    ['-75°', null],
    ['-40 or +40', null],
    ['A', 'left-40'],
    ['D: +75°', 'right-75'],
    ['A: +40°', null],
    ['to the left', null],
  ])('%j: %s', (text, key) => {
    expect(parseAnswer(text, angles, 'reasoned').key).toBe(key);
  });
});

describe('the asked form', () => {
  it.each([
    ['letter', 'A'],
    ['letter', ' C\n'],
    ['words', 'Move to the left'],
    ['words', 'No movement\n'],
    ['reasoned', '<think>a</think><answer>b</answer>'],
    ['reasoned', '\n<THINK>a\nb</THINK>\n\n<Answer></Answer>\n'],
    ['reasoned', '<think>a</think> <answer>Move to the left</answer>'],
  ] as const)('%s: %j is well formed', (format, text) => {
    expect(parseAnswer(text, moves, format).wellFormed).toBe(true);
  });

  it.each([
    ['letter', 'a'],
    ['letter', 'A.'],
    ['letter', '(A)'],
    ['letter', 'AB'],
    ['letter', 'D'],
    ['letter', ''],
    ['letter', 'Answer: A'],
    ['letter', 'Move to the left'],
    ['words', 'A'],
    ['words', 'move to the left'],
    ['words', 'Move to the left.'],
    ['words', 'Rotate to the left'],
    ['reasoned', 'Move to the left'],
    ['reasoned', '<answer>A</answer>'],
    ['reasoned', '<think>a</think>'],
    ['reasoned', '<think>a</think><answer>b'],
    ['reasoned', '<answer>b</answer><think>a</think>'],
    ['reasoned', 'So: <think>a</think><answer>b</answer>'],
    ['reasoned', '<think>a</think><answer>b</answer>!'],
    ['reasoned', '<think>a</think> then <answer>b</answer>'],
  ] as const)('%s: %j is not', (format, text) => {
    expect(parseAnswer(text, moves, format).wellFormed).toBe(false);
  });
});
