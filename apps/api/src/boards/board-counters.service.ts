import { Injectable } from '@nestjs/common';

/** Counts since the start of this process; what boards do wrong shows here. */
@Injectable()
export class BoardCounters {
  /** Messages on any subscribed topic, bad ones too. */
  received = 0;
  /** Answers that left. */
  sent = 0;
  /** Answers that came too late or were overtaken, and were not sent. */
  dropped = 0;
  /** Messages that could not be read. */
  malformed = 0;
  /** Messages on a topic that is no machine's. */
  ignored = 0;
  /** Messages whose handling failed: defects, or a database that does not answer. */
  failed = 0;
}
