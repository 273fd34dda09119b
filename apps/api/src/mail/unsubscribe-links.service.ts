import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { MAIL_TOPICS, type MailTopic, UNSUBSCRIBE_PATH } from '@fabomatic/members';
import { Inject, Injectable } from '@nestjs/common';
import { SECRETS, type Secrets } from '../data-folder/data-folder.module';
import { SETTINGS, type Settings } from '../settings/settings.module';

const FORM = /^([1-9]\d{0,9})\.([a-z-]{1,40})\.([A-Za-z0-9_-]{43})$/;

/** Who ends which mails. */
export interface Unsubscription {
  readonly memberId: number;
  readonly topic: MailTopic;
}

/**
 * Links that end one kind of mail for one member, and can do nothing else. They are signed, not
 * stored, and good for as long as the mail is kept: whoever reads an old mail wants to be rid of it.
 */
@Injectable()
export class UnsubscribeLinks {
  private readonly key: Buffer;

  constructor(
    @Inject(SECRETS) { jwtSecret }: Secrets,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', jwtSecret, '', 'fabomatic unsubscribe links', 32));
  }

  /** null: the settings name no address for the pages. */
  urlFor(unsubscription: Unsubscription): string | null {
    const { baseUrl } = this.settings.web;
    if (baseUrl === null) return null;
    return `${baseUrl}${UNSUBSCRIBE_PATH}?token=${this.tokenFor(unsubscription)}`;
  }

  tokenFor({ memberId, topic }: Unsubscription): string {
    return `${memberId}.${topic}.${this.sign(memberId, topic).toString('base64url')}`;
  }

  /** null: not one of ours. */
  read(token: string): Unsubscription | null {
    const [, id, word, signature = ''] = FORM.exec(token) ?? [];
    const topic = MAIL_TOPICS.find((each) => each === word);
    if (id === undefined || topic === undefined) return null;
    const memberId = Number(id);
    const given = Buffer.from(signature, 'base64url');
    const right = this.sign(memberId, topic);
    const isOurs = given.length === right.length && timingSafeEqual(given, right);
    return isOurs ? { memberId, topic } : null;
  }

  private sign(memberId: number, topic: MailTopic): Buffer {
    return createHmac('sha256', this.key).update(`${memberId}.${topic}`).digest();
  }
}
