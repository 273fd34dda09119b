import { HttpErrorResponse } from '@angular/common/http';
import { ApplicationInitStatus, DestroyRef, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MachineTypeCreate } from '@fabomatic/machines';
import { provideEnglish } from '../../language/english.fixture';
import { Dialogs } from '../dialog/dialogs';
import { formModel } from './form-model';
import { UnsavedChanges } from './unsaved-changes';

const LASER: MachineTypeCreate = {
  name: 'Laser cutter',
  timeoutMin: 480,
  graceMin: 2,
  access: 'authorization',
};

const refusal = (status: number, error: unknown) => new HttpErrorResponse({ status, error });

function typeForm(save = jest.fn().mockResolvedValue('saved')) {
  const record = signal<MachineTypeCreate>(LASER);
  const form = TestBed.runInInjectionContext(() =>
    formModel({
      schema: MachineTypeCreate,
      labels: {
        name: 'machine_types.name',
        timeoutMin: 'machine_types.log_off',
        access: 'machine_types.access',
      },
      start: record,
      save,
      codesAt: { 'machine_type.name_taken': 'name' },
    }),
  );
  return { form, record, save };
}

beforeEach(async () => {
  TestBed.configureTestingModule({ providers: [provideEnglish()] });
  await TestBed.inject(ApplicationInitStatus).donePromise;
});

test('what the schema has against a field is said once the field is left, with its bound', () => {
  const { form } = typeForm();
  form.fields.name.set(' ');
  form.fields.timeoutMin.set(70_000);
  expect(form.fields.name.error()).toBe('');
  form.fields.timeoutMin.leave();
  expect(form.fields.timeoutMin.error()).toBe('Enter 65535 or less.');
  expect(form.wrongFields().map(({ name }) => name)).toEqual(['timeoutMin']);
});

test('saving a form that is not right sends nothing and names every field', async () => {
  const { form, save } = typeForm();
  form.fields.name.set('');
  form.fields.timeoutMin.set(Number.NaN);
  expect(await form.submit()).toBeNull();
  expect(save).not.toHaveBeenCalled();
  expect(form.wrongFields().map(({ error }) => error())).toEqual([
    'Fill this in.',
    'This is not right yet.',
  ]);
});

test('saves all values and, apart, what was changed; then nothing is left to lose', async () => {
  const { form, save } = typeForm();
  form.fields.name.set('  Laser  ');
  form.fields.timeoutMin.set(480); // touched, and the same as before
  expect(form.isDirty()).toBe(true);
  expect(await form.submit()).toEqual({ saved: 'saved' });
  expect(save).toHaveBeenCalledWith({
    values: { ...LASER, name: 'Laser' },
    changes: { name: 'Laser' },
  });
  expect(form.isDirty()).toBe(false);
});

test.each([
  ['a code that belongs to a field', 409, { code: 'machine_type.name_taken' }],
  [
    'fields of the body',
    422,
    { code: 'request.invalid', fields: { name: 'machine_type.name_taken' } },
  ],
])('a refusal with %s is said at the field, until it changes', async (_what, status, body) => {
  const { form } = typeForm(jest.fn().mockRejectedValue(refusal(status, body)));
  form.fields.name.set('Textile');
  expect(await form.submit()).toBeNull();
  expect(form.fields.name.error()).toMatch(/already has this name/);
  expect(form.problemText()).toBe('');
  expect(form.fields.name.value()).toBe('Textile');
  form.fields.name.set('Textiles');
  expect(form.wrongFields()).toEqual([]);
});

test('a refusal that no field can do anything about is said for the whole form', async () => {
  const body = { code: 'request.invalid', fields: { colour: 'field.unknown' } };
  const { form } = typeForm(jest.fn().mockRejectedValue(refusal(422, body)));
  form.fields.name.set('Textile');
  await form.submit();
  expect(form.problemText()).toMatch(/Some values are not right/);
});

test('an outdated record: loaded anew it keeps what was typed and takes the rest', async () => {
  const save = jest.fn().mockRejectedValueOnce(refusal(409, { code: 'request.outdated' }));
  const { form, record } = typeForm(save);
  form.fields.name.set('Mine');
  await form.submit();
  expect(form.isOutdated()).toBe(true);

  form.acceptReload();
  record.set({ ...LASER, name: 'Theirs', timeoutMin: 60 });
  expect(form.isOutdated()).toBe(false);
  expect([form.fields.name.value(), form.fields.timeoutMin.value()]).toEqual(['Mine', 60]);
  save.mockResolvedValue('saved');
  await form.submit();
  expect(save).toHaveBeenLastCalledWith(expect.objectContaining({ changes: { name: 'Mine' } }));
});

test('a page with changes is left only when the reader says so', async () => {
  const confirm = jest.spyOn(TestBed.inject(Dialogs), 'confirm').mockResolvedValue(false);
  const unsaved = TestBed.inject(UnsavedChanges);
  const { form } = typeForm();
  unsaved.watch(form.isDirty, TestBed.inject(DestroyRef));
  expect(await unsaved.mayLeave()).toBe(true);
  expect(confirm).not.toHaveBeenCalled();

  form.fields.name.set('Other');
  expect(await unsaved.mayLeave()).toBe(false);
  const closing = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(closing);
  expect(closing.defaultPrevented).toBe(true);
  confirm.mockResolvedValue(true);
  expect(await unsaved.mayLeave()).toBe(true);
});
