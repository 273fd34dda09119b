import { Dialog } from '@angular/cdk/dialog';
import type { ComponentType } from '@angular/cdk/portal';
import { inject, Injectable } from '@angular/core';
import type { Params } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import type { ApiError } from '../../auth/api-error';
import { ConfirmDialog } from './confirm-dialog';
import { DangerDialog } from './danger-dialog';
import { NoteDialog } from './note-dialog';

/** All texts are in the reader's language. */
export interface ConfirmQuestion {
  title: string;
  text: string;
  /** What the button does: 'Leave', never 'OK'. */
  action: string;
  /** What the other one does; 'Cancel' when left out. */
  cancel?: string;
  isDanger?: boolean;
}

/** Where to look at what stands in the way. */
export interface Obstacle {
  label: string;
  link: string | readonly unknown[];
  queryParams?: Params;
}

export interface DangerQuestion {
  title: string;
  text: string;
  /** What is to be known besides, a paragraph each. */
  details?: readonly string[];
  /** What goes with it: `{ label: 'Uses', count: 812 }`. */
  losses?: readonly { label: string; count: number }[];
  /** Has to be typed first: only where nothing comes back. */
  nameToType?: string;
  /** What the reader may choose besides: a box to tick. */
  choice?: { label: string; isSet: boolean };
  action: string;
  /** Does it; the dialog stays until it is done and shows what the API has against it. */
  run: (isChosen: boolean) => Promise<void>;
  /** Leads from a refusal to its reason. */
  obstacle?: (error: ApiError) => Obstacle | null;
}

export interface NoteQuestion {
  title: string;
  text: string;
  /** What may be written: 'Reason'. */
  label: string;
  maxLength: number;
  action: string;
  isDanger?: boolean;
  /** Does it; null: nothing was written. The dialog stays until it is done, and says why not. */
  run: (note: string | null) => Promise<void>;
}

/** Questions to the reader. All answer true when the reader said yes, and it was done. */
@Injectable({ providedIn: 'root' })
export class Dialogs {
  private readonly dialog = inject(Dialog);

  confirm(question: ConfirmQuestion): Promise<boolean> {
    return this.ask(ConfirmDialog, question);
  }

  danger(question: DangerQuestion): Promise<boolean> {
    return this.ask(DangerDialog, question);
  }

  note(question: NoteQuestion): Promise<boolean> {
    return this.ask(NoteDialog, question);
  }

  private async ask<D>(component: ComponentType<unknown>, data: D): Promise<boolean> {
    const open = this.dialog.open<boolean, D>(component, {
      data,
      backdropClass: 'dialog-scrim',
      panelClass: 'dialog-panel',
      ariaLabelledBy: DIALOG_TITLE,
      ariaModal: true,
    });
    return (await firstValueFrom(open.closed, { defaultValue: false })) ?? false;
  }
}

/** Id of the heading that names an open dialog: there is one at a time. */
const DIALOG_TITLE = 'dialog-title';
