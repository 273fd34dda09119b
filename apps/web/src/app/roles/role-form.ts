import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { Router } from '@angular/router';
import { PORTAL_ACCESS, RoleCreate, RoleView } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { detail } from '../frame/detail-page/detail';
import { DetailHead } from '../frame/detail-page/detail-head';
import { DetailPage, RecordTemplate } from '../frame/detail-page/detail-page';
import { FieldCards } from '../frame/fields/field-cards';
import { FieldSwitch } from '../frame/fields/field-switch';
import { FieldText } from '../frame/fields/field-text';
import { formModel } from '../frame/form/form-model';
import { FormPage } from '../frame/form/form-page';
import { Icon } from '../frame/icon';
import type { BackLink } from '../frame/page-action';
import { Words } from '../language/words';
import { RoleDeletion } from './role-deletion';
import { allRoles, ROLES_URL, rolesApi, roleSentence } from './roles-api';

/** A role, new or changed; a reserved one is only shown. */
@Component({
  selector: 'fab-role-form',
  imports: [
    DetailHead,
    DetailPage,
    FieldCards,
    FieldSwitch,
    FieldText,
    FormPage,
    Icon,
    RecordTemplate,
    TranslatePipe,
  ],
  templateUrl: './role-form.html',
  styles: `
    .side {
      display: grid;
      justify-items: start;
      gap: var(--s2);
    }
    .box {
      position: relative;
      width: 100%;
    }
    .box select {
      appearance: none;
      padding-inline-end: var(--s10);
    }
    .box fab-icon {
      position: absolute;
      inset-block-end: 0.625rem;
      inset-inline-end: var(--s3);
      pointer-events: none;
      color: var(--ink-3);
    }
    .notice {
      max-width: 40rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RoleForm {
  private readonly words = inject(Words);
  private readonly router = inject(Router);
  private readonly deletion = inject(RoleDeletion);
  private readonly api = rolesApi();
  private readonly roles = allRoles();

  /** From the path; not there for a new role. */
  readonly id = input<string>();

  protected readonly sentence = roleSentence();
  protected readonly back: BackLink = { label: 'roles.title', link: '/roles' };
  protected readonly role = detail({
    url: () => (this.id() === undefined ? undefined : `${ROLES_URL}/${this.id()}`),
    schema: RoleView,
  });
  protected readonly form = formModel({
    schema: RoleCreate,
    labels: {
      name: 'roles.name',
      authorizeAll: 'roles.authorize_all',
      maintenance: 'roles.maintenance',
      portalAccess: 'roles.portal',
    },
    start: () => (this.id() === undefined ? FRESH : fieldsOf(this.role.record())),
    save: ({ values, changes }) => {
      const record = this.role.record();
      return record
        ? this.api.update(record.id, { version: record.version, ...changes })
        : this.api.create(values);
    },
    codesAt: { 'role.name_taken': 'name' },
  });
  protected readonly heading = computed(() => {
    if (this.id() === undefined) return this.words.say('roles.new');
    const name = this.role.record()?.name;
    return name === undefined ? '' : this.words.say('form.edit', { name });
  });
  // i18n-keys: roles.portal_none_text roles.portal_read-only_text roles.portal_members_text roles.portal_machines_text roles.portal_admin_text
  protected readonly accessChoices = computed(() =>
    PORTAL_ACCESS.map((value) => ({
      value,
      label: this.words.say(`roles.portal_${value}`),
      text: this.words.say(`roles.portal_${value}_text`),
    })),
  );
  /** The roles that members can get when this one goes. */
  protected readonly others = computed(() =>
    this.roles().filter(({ id, assignable }) => assignable && String(id) !== this.id()),
  );
  protected readonly replacementId = signal('');

  protected async delete(role: RoleView): Promise<void> {
    const replacement = this.others().find(({ id }) => String(id) === this.replacementId());
    if (!(await this.deletion.delete(role, replacement))) return;
    this.form.dropChanges();
    await this.router.navigateByUrl('/roles');
  }
}

/** What the API takes when nothing is said, but for the name. */
const FRESH = { ...RoleCreate.parse({ name: '-' }), name: '' };

/** The fields of a record, without what the form does not change: the schema is a strict one. */
function fieldsOf(record: RoleView | undefined): RoleCreate | undefined {
  if (record === undefined) return undefined;
  const { name, authorizeAll, maintenance, portalAccess } = record;
  return { name, authorizeAll, maintenance, portalAccess };
}
