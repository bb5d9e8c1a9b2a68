import { WorkbenchError } from '../util/errors.ts';

/**
 * What the session may do when. `returnTo` remembers where an excursion (loading, evaluating)
 * began. Every change goes through `transition`; one that is not in the table is refused with a
 * sentence, and leaves the state as it was.
 */
export type SessionState =
  | { readonly phase: 'starting' }
  | { readonly phase: 'idle' }
  | { readonly phase: 'paused' }
  | { readonly phase: 'training' }
  | { readonly phase: 'loading'; readonly returnTo: 'starting' | 'idle' | 'paused' }
  | { readonly phase: 'evaluating'; readonly returnTo: 'idle' | 'paused' }
  | { readonly phase: 'failed' };

export type SessionAction =
  | 'started' // the engine runs, and what was in use when the page was left is there again
  | 'load' // a data set, an engine, a file or a run is being read
  | 'loaded' // it is there, or was refused: back to where it was
  | 'opened' // another model took the place of the current one, which waits in no pause any more
  | 'train' // steps are being made
  | 'pause' // the loop waits, the run can go on
  | 'end' // the run is finished or stopped
  | 'evaluate'
  | 'evaluated'
  | 'fail';

export function transition(state: SessionState, action: SessionAction): SessionState {
  const next = nextState(state, action);
  if (next) return next;
  throw new WorkbenchError('session.busy', { command: action, phase: state.phase });
}

function nextState(state: SessionState, action: SessionAction): SessionState | undefined {
  if (action === 'fail') return { phase: 'failed' };
  switch (state.phase) {
    case 'starting':
      if (action === 'load') return { phase: 'loading', returnTo: 'starting' };
      return action === 'started' ? { phase: 'idle' } : undefined;
    case 'idle':
    case 'paused':
      return fromRest(state.phase, action);
    case 'loading':
      if (action === 'loaded') return { phase: state.returnTo };
      if (action !== 'opened') return undefined;
      return state.returnTo === 'starting' ? state : { phase: 'loading', returnTo: 'idle' };
    case 'training':
      if (action === 'pause') return { phase: 'paused' };
      return action === 'end' ? { phase: 'idle' } : undefined;
    case 'evaluating':
      return action === 'evaluated' ? { phase: state.returnTo } : undefined;
    case 'failed':
      return undefined;
  }
}

function fromRest(phase: 'idle' | 'paused', action: SessionAction): SessionState | undefined {
  switch (action) {
    case 'load':
      return { phase: 'loading', returnTo: phase };
    case 'train':
      return { phase: 'training' };
    case 'evaluate':
      return { phase: 'evaluating', returnTo: phase };
    case 'pause':
      return { phase: 'paused' };
    case 'end':
      return { phase: 'idle' };
    default:
      return undefined;
  }
}
