import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import { LANGUAGES } from '@fabomatic/i18n';
import {
  CardUid,
  mailTopicsOf,
  MemberCreate,
  type MemberLanguage,
  MemberView,
} from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { CurrentMember } from '../../auth/current-member';
import { detail } from '../../frame/detail-page/detail';
import { FieldDay } from '../../frame/fields/field-day';
import { FieldSelect } from '../../frame/fields/field-select';
import { FieldSwitch } from '../../frame/fields/field-switch';
import { FieldText } from '../../frame/fields/field-text';
import { formModel } from '../../frame/form/form-model';
import { FormPage } from '../../frame/form/form-page';
import { Icon } from '../../frame/icon';
import type { BackLink } from '../../frame/page-action';
import { Words } from '../../language/words';
import { allRoles, roleSentence } from '../../roles/roles-api';
import { CardTaps, tapsFromNow } from '../../unrecognised-cards/card-taps';
import { CardField } from '../card-field/card-field';
import { firstTap } from '../card-field/first-tap';
import { MemberActions } from '../member-actions';
import { MEMBERS_URL, membersApi, nameOf } from '../members-api';

/** What the form asks for: a member with one card at most, more are added on their page. */
const MemberDraft = MemberCreate.omit({ cards: true }).extend({ card: CardUid.optional() });

/** A member, new or changed. */
@Component({
  selector: 'fab-member-form',
  imports: [
    CardField,
    FieldDay,
    FieldSelect,
    FieldSwitch,
    FieldText,
    FormPage,
    Icon,
    TranslatePipe,
  ],
  templateUrl: './member-form.html',
  styles: `
    .side {
      display: grid;
      justify-items: start;
      gap: var(--s2);
    }
    .names {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr));
      gap: var(--s4);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MemberForm {
  private readonly words = inject(Words);
  private readonly router = inject(Router);
  private readonly current = inject(CurrentMember);
  private readonly cardTaps = inject(CardTaps);
  private readonly roles = allRoles();
  private readonly roleSentence = roleSentence();
  private readonly api = membersApi();
  private readonly actions = inject(MemberActions);

  /** From the path; not there for a new member. */
  readonly id = input<string>();
  /** From the page of unrecognised cards: the card that the new member has in hand. */
  readonly card = input<string>();

  protected readonly tapped = tapsFromNow();
  private readonly firstTap = firstTap(this.tapped);
  protected readonly member = detail({
    url: () => (this.id() === undefined ? undefined : `${MEMBERS_URL}/${this.id()}`),
    schema: MemberView,
  });
  protected readonly back = computed<BackLink>(() => {
    const record = this.member.record();
    return { label: 'members.title', link: record ? ['/members', record.id] : '/members' };
  });
  protected readonly after = (saved: unknown) => ['/members', MemberView.parse(saved).id];

  protected readonly form = formModel({
    schema: MemberDraft,
    labels: {
      firstName: 'members.first_name',
      lastName: 'members.last_name',
      card: 'members.card',
      roleId: 'members.role',
      email: 'members.email',
      language: 'members.language',
      weeklySummary: 'members.weekly_summary',
      maintenanceDueMails: 'mails.prefs.maintenance',
      machineOfflineMails: 'mails.prefs.offline',
      machineOnlineMails: 'mails.prefs.online',
      disabled: 'members.disabled',
      consentAt: 'erasure.consent',
      membershipEndsOn: 'erasure.ends',
    },
    start: () =>
      this.id() === undefined
        ? { ...FRESH, card: this.card() ?? this.firstTap() }
        : fieldsOf(this.member.record()),
    save: async ({ values: { card, ...values }, changes }) => {
      const record = this.member.record();
      if (record) {
        return this.api.update(record.id, { version: record.version, ...changed(changes) });
      }
      const cards = card === undefined ? [] : [{ uid: card, label: null }];
      const made = await this.api.create({ ...values, cards });
      this.cardTaps.recount();
      return made;
    },
    codesAt: { 'member.card_taken': 'card', 'member.email_taken': 'email' },
  });

  protected readonly heading = computed(() => {
    if (this.id() === undefined) return this.words.say('members.new');
    const record = this.member.record();
    return record ? this.words.say('form.edit', { name: nameOf(record) }) : '';
  });
  /** Only an administrator may give a role that logs in; the one that a member has stays there. */
  protected readonly roleChoices = computed(() => {
    const own = this.member.record()?.roleId;
    const mayGiveAll = this.current.may('admin');
    return this.roles()
      .filter(({ id, assignable }) => assignable || id === own)
      .filter(({ id, portalAccess }) => mayGiveAll || portalAccess === 'none' || id === own)
      .map(({ id, name }) => ({ value: id, label: name }));
  });
  protected readonly roleHelp = computed(() => {
    const role = this.roles().find(({ id }) => id === this.form.fields.roleId.value());
    return role ? this.roleSentence(role) : '';
  });
  /** Mails about machines are for roles that look after them. */
  protected readonly hearsOfMachines = computed(() => {
    const role = this.roles().find(({ id }) => id === this.form.fields.roleId.value());
    return role !== undefined && mailTopicsOf(role).includes('machine-offline');
  });
  /** The member, unless it is the reader: nobody disables or deletes themselves. */
  protected readonly other = computed(() => {
    const record = this.member.record();
    return record && !this.actions.isSelf(record) ? record : null;
  });
  protected readonly languages = LANGUAGES.map(({ code, name }) => ({
    value: code as MemberLanguage,
    label: name,
  }));

  protected async delete(member: MemberView): Promise<void> {
    const isDone = await this.actions.delete(member, () => undefined);
    if (!isDone) return;
    this.form.dropChanges();
    await this.router.navigateByUrl('/members');
  }
}

/** What the API takes when nothing is said, but for the name and the role. */
const FRESH = {
  firstName: '',
  lastName: '',
  email: null,
  disabled: false,
  weeklySummary: false,
  maintenanceDueMails: false,
  machineOfflineMails: false,
  machineOnlineMails: false,
  language: null,
  consentAt: null,
  membershipEndsOn: null,
};

/** The fields of a record, without what the form does not change: the schema is a strict one. */
function fieldsOf(record: MemberView | undefined) {
  if (record === undefined) return undefined;
  const { firstName, lastName, email, roleId, disabled, weeklySummary, language } = record;
  const { consentAt, membershipEndsOn } = record;
  const { maintenanceDueMails, machineOfflineMails, machineOnlineMails } = record;
  const mails = { weeklySummary, maintenanceDueMails, machineOfflineMails, machineOnlineMails };
  const days = { consentAt, membershipEndsOn };
  return { firstName, lastName, email, roleId, disabled, language, ...days, ...mails };
}

/** A card is not a part of the record that is changed. */
function changed<T extends { card?: string }>(changes: T): Omit<T, 'card'> {
  const { card: _, ...rest } = changes;
  return rest;
}
