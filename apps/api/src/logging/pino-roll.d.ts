/** pino-roll brings no types: the part that is used here, from its README. */
declare module 'pino-roll' {
  import type { SonicBoom, SonicBoomOpts } from 'sonic-boom';

  export default function build(
    options: Omit<SonicBoomOpts, 'dest'> & {
      file: string;
      /** '5m' is 5 MB. */
      size?: string;
      extension?: string;
      limit?: {
        /** Files that are kept besides the one being written. */
        count: number;
        /** Counts and removes files of earlier starts too. */
        removeOtherLogFiles?: boolean;
      };
    },
  ): Promise<SonicBoom>;
}
