import { describe, expect, it } from 'vitest';
import { historyCsv } from './historyCsv.ts';

describe('the CSV of a run', () => {
  it('has every point, in the order of steps, with all digits', () => {
    const training = [
      { step: 1, loss: 2.301585092994046, accuracy: 0.1 },
      { step: 2, loss: 1.5, accuracy: 0.5 },
    ];
    const validation = [
      { step: 2, loss: 1.25, accuracy: 0.625, images: 8 },
      { step: 3, loss: 1, accuracy: 1, images: 8 },
    ];
    expect(historyCsv({ training, validation })).toBe(
      [
        'step,train_loss,train_accuracy,validation_loss,validation_accuracy',
        '1,2.301585092994046,0.1,,',
        '2,1.5,0.5,1.25,0.625',
        '3,,,1,1',
        '',
      ].join('\n'),
    );
  });

  it('leaves nothing out of a long run', () => {
    const training = Array.from({ length: 5000 }, (_, i) => ({
      step: i + 1,
      loss: 1,
      accuracy: 0,
    }));
    expect(historyCsv({ training, validation: [] }).split('\n')).toHaveLength(5002);
  });
});
