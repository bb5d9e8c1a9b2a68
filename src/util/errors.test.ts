import { describe, expect, it } from 'vitest';
import { fillIn, WorkbenchError } from './errors.ts';
import { errorTexts } from './errorTexts.ts';
import { phraseTexts } from './phraseTexts.ts';

describe('a WorkbenchError', () => {
  it('says its English sentence and keeps what another language needs', () => {
    const error = new WorkbenchError('session.busy', { command: 'train', phase: 'loading' });
    expect(error.message).toBe('train is not possible while the session is loading.');
    expect(error.name).toBe('WorkbenchError');
    expect(error).toBeInstanceOf(Error);
    expect(error.code).toBe('session.busy');
    expect(error.params).toEqual({ command: 'train', phase: 'loading' });
  });

  it('has a sentence for every code', () => {
    for (const text of Object.values(errorTexts)) expect(text).toMatch(/^.*\S[.]$/s);
  });

  it('has clauses that fit into a sentence', () => {
    for (const text of Object.values(phraseTexts)) expect(text).toMatch(/^[a-z{].*[^.]$/);
  });
});

describe('fillIn', () => {
  it('replaces each placeholder, as often as it stands there', () => {
    expect(fillIn('{{a}} and {{b}} and {{a}}', { a: 1, b: 'two' })).toBe('1 and two and 1');
  });

  it('leaves a placeholder without its parameter visible', () => {
    expect(fillIn('{{a}} {{toString}}', {})).toBe('{{a}} {{toString}}');
  });

  it('never reads a parameter as a text to fill in', () => {
    expect(fillIn('{{file}}', { file: '{{b}} $& $1', b: 'x' })).toBe('{{b}} $& $1');
  });

  it('says a phrase, and a phrase within it, in its own parameters', () => {
    const place = { code: 'place.header' } as const;
    const problem = { code: 'json.tooDeep', params: { place, levels: 9 } } as const;
    expect(fillIn('{{file}}: {{problem}}', { file: 'f', problem })).toBe(
      'f: its header nests more than 9 levels',
    );
  });
});
