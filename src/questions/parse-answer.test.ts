import { describe, expect, it } from 'vitest';
import { angleOption, fixedOptions, type PairQuestionId } from './broad-families';
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
    ['The object captured in these two photos did not move. The camera moved to the left.', 'left'],
    ['The object did not move, but the camera moved to the left.', 'left'],
    ['While the scene stayed the same, the camera moved right.', 'right'],
    ['The object is static and the camera moved to the left.', 'left'],
    ['The object moved to the left in the picture because the camera moved to the right.', 'right'],
    ['The object and the camera did not move.', 'none'],
    ['The object did not move. The camera did not move either.', 'none'],
    ["The object's side shows that the camera did not move.", 'none'],
    ['It did not rotate but moved to the left.', 'left'],
    ['It did not turn. It moved to the left.', 'left'],
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
    'The object captured in these two photos did not move.',
    'The object captured in these two photos did not move. What did the camera do?',
    'This scene is unchanged; the object did not move.',
    'It did not move to the left. Perhaps to the right.',
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

describe('which option a text means, in the other families', () => {
  const keyIn = (family: Exclude<PairQuestionId, 'magnitude'>, text: string): string | null =>
    parseAnswer(text, optionsWithLetters(fixedOptions(family)), 'words').key;

  it.each([
    ['vertical', 'Move up', 'up'],
    ['vertical', 'The camera moved upwards.', 'up'],
    ['vertical', 'The second camera is higher.', 'up'],
    ['vertical', 'It is lower than before.', 'down'],
    ['vertical', 'It moved up, at the same distance.', 'up'],
    ['vertical', 'The height did not change.', 'same'],
    ['vertical', 'The camera stayed at the same height.', 'same'],
    ['vertical', 'The camera did not move.', 'same'],
    ['vertical', 'neither up nor down', 'same'],
    ['vertical', 'It moved neither higher nor lower.', 'same'],
    ['vertical', 'It did not move up.', null],
    ['vertical', "It didn't move down.", null],
    ['vertical', 'It is not any higher.', null],
    ['vertical', 'It is not at the same height.', null],
    ['vertical', 'Up, at the same height', null],
    ['vertical', 'The object appears lower.', null],
    ['vertical', 'The object captured in these two photos did not move.', null],
    ['distance', 'further away', 'farther'],
    ['distance', 'The camera moved away from the object.', 'farther'],
    ['distance', 'It came nearer.', 'closer'],
    ['distance', 'It stepped towards the object.', 'closer'],
    ['distance', 'The object is closer in the second photo.', 'closer'],
    ['distance', 'The distance is unchanged.', 'same'],
    ['distance', 'It did not move closer.', null],
    ['distance', 'It moved farther rather than closer.', null],
    ['distance', 'The object did not move.', null],
    ['decoupled', 'The camera moved to the left.', 'moved-left'],
    ['decoupled', 'It turned to the right.', 'turned-right'],
    ['decoupled', 'It moved sideways to the right without turning.', 'moved-right'],
    ['decoupled', 'It rotated on the spot to the left.', 'turned-left'],
    ['decoupled', 'It turned right and did not move.', 'turned-right'],
    ['decoupled', 'moved-left', 'moved-left'],
    ['decoupled', 'Neither.', 'neither'],
    ['decoupled', 'It did neither of these.', 'neither'],
    ['decoupled', 'It did not move or turn.', 'neither'],
    ['decoupled', "It didn't move or turn.", 'neither'],
    ['decoupled', 'It neither moved to the left nor turned to the right.', 'neither'],
    ['decoupled', 'It did not move.', null],
    ['decoupled', 'It did not turn to the right.', null],
    ['decoupled', 'to the left', null],
    ['decoupled', 'It moved left and turned right.', null],
  ] as const)('%s: %j → %s', (family, text, key) => {
    expect(keyIn(family, text)).toBe(key);
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
    ['**40°**', 'right-40'],
    ['40 degrees.', 'right-40'],
    ['40度', 'right-40'],
    ['plus 40', 'right-40'],
    ['right-40', 'right-40'],
    ['left-40', 'left-40'],
    ['The camera turned left by 40 degrees.', 'left-40'],
    ['left, 40°', 'left-40'],
    ['a 40° turn to the left', 'left-40'],
    ['It turned rightwards by 40°', 'right-40'],
    ['minus 40 degrees', 'left-40'],
    ['It is negative 40.', 'left-40'],
    ['–40°', 'left-40'],
    ['－40°', 'left-40'],
    ['向左40度', 'left-40'],
    ['负40度', 'left-40'],
    ['-40°, counting turns to the right as positive', 'left-40'],
    ['The object did not turn left. The camera turned right by 40°.', 'right-40'],
    ['35-40 degrees', null],
    ['35–40°', null],
    ['- 40', null],
    ['±40°', null],
    ['It turned by 40 degrees.', null],
    ['40° to the left or to the right', null],
    ['40°, but not to the left', null],
    ['B: 40°', 'right-40'],
    ['A: minus 40°', 'left-40'],
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
