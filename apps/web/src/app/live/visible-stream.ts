import { StreamFollower, type StreamOptions } from './follow-stream';

/**
 * A stream for as long as the page can be seen: where tabs cannot share one (a browser without Web
 * Locks, or plain HTTP), those in the background leave the few connections to the others.
 */
export class VisibleStream {
  private follower: StreamFollower | null = null;

  constructor(private readonly options: StreamOptions) {
    document.addEventListener('visibilitychange', this.follow);
    this.follow();
  }

  stop(): void {
    document.removeEventListener('visibilitychange', this.follow);
    this.follower?.stop();
    this.follower = null;
  }

  tryNow(): void {
    this.follower?.tryNow();
  }

  private readonly follow = () => {
    if (document.hidden) {
      this.follower?.stop();
      this.follower = null;
    } else {
      this.follower ??= new StreamFollower(this.options);
    }
  };
}
