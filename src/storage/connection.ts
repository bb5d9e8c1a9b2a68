import { WorkbenchError } from '../util/errors.ts';
import { FIRST_SITE } from '../util/siteName.ts';
import { openDatabase } from './database.ts';
import type { WorkbenchDatabase } from './schema.ts';

/**
 * The open database, as long as it may be used.
 *
 * A newer version of the app that wants it gets it: this connection then closes for good. A database
 * that is deleted under it is opened anew, once; if that goes too, somebody means it.
 */

/** What happens to a connection that nobody called for. */
export interface ConnectionListener {
  /** Opening waits for a tab with an older version of the app. */
  onBlocked?(): void;
  /** What was stored is gone, or can be reached no more. */
  onLost?(loss: WorkbenchError): void;
}

/** A database lost again within this time is not opened a third time. */
const LOST_AGAIN_MS = 60_000;

/** The browser refuses to open it while it is still clearing, so it is tried after each of these. */
const REOPEN_AFTER_MS = [300, 1000, 3000] as const;

export class Connection {
  private opened: Promise<WorkbenchDatabase>;
  private ended: WorkbenchError | undefined;
  private lostAt = Number.NEGATIVE_INFINITY;

  private constructor(
    private readonly name: string,
    private readonly listener: ConnectionListener,
  ) {
    this.opened = this.openAnew();
  }

  static async open(name = FIRST_SITE, listener: ConnectionListener = {}): Promise<Connection> {
    const connection = new Connection(name, listener);
    await connection.opened;
    return connection;
  }

  /** The database to use now. Take it once for all that must come to pass in the same one. */
  async database(): Promise<WorkbenchDatabase> {
    if (this.ended) throw this.ended;
    return this.opened;
  }

  /** Why nothing can be stored any more, if so. */
  get end(): WorkbenchError | undefined {
    return this.ended;
  }

  close(): void {
    this.ended ??= new WorkbenchError('storage.unavailable', { problem: { code: 'store.closed' } });
    this.opened.then(
      (database) => database.close(),
      () => undefined,
    );
  }

  private openAnew(): Promise<WorkbenchDatabase> {
    const opening = openDatabase(this.name, {
      onBlocked: () => this.listener.onBlocked?.(),
      onWanted: (reason) => {
        if (reason === 'upgrade') this.endWith(new WorkbenchError('storage.outdated'));
        // Transactions in progress may still end; new ones are refused.
        opening.then(
          (database) => database.close(),
          () => undefined,
        );
        if (reason === 'deletion') this.recover();
      },
      onClosed: () => this.recover(),
    });
    return opening;
  }

  private async reopen(): Promise<WorkbenchDatabase> {
    let failure: unknown;
    for (const waitMs of REOPEN_AFTER_MS) {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      if (this.ended) throw this.ended;
      try {
        return await this.openAnew();
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }

  private recover(): void {
    if (this.ended) return;
    const now = Date.now();
    if (now - this.lostAt < LOST_AGAIN_MS) {
      const problem = { code: 'store.deleted' } as const;
      this.endWith(new WorkbenchError('storage.unavailable', { problem }));
      return;
    }
    this.lostAt = now;
    this.opened = this.reopen();
    this.opened.catch(() => undefined); // told to whoever asks for the database
    this.listener.onLost?.(new WorkbenchError('storage.deleted'));
  }

  private endWith(loss: WorkbenchError): void {
    if (this.ended) return;
    this.ended = loss;
    this.listener.onLost?.(loss);
  }
}
