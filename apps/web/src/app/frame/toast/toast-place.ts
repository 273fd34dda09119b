import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../icon';
import { Toasts } from './toasts';

/** Where the toasts of the portal appear; read aloud as a status. */
@Component({
  selector: 'fab-toast-place',
  imports: [Icon, TranslatePipe],
  template: `
    <div role="status">
      @if (toasts.current(); as toast) {
        <div
          class="toast"
          (mouseenter)="toasts.hold()"
          (mouseleave)="toasts.goOn()"
          (focusin)="toasts.hold()"
          (focusout)="toasts.goOn()"
        >
          <span class="space">{{ toast.text }}</span>
          @if (toast.undo) {
            <button type="button" class="undo" (click)="undo(toast.undo)">
              {{ 'toast.undo' | translate }}
            </button>
          }
          <button
            type="button"
            class="close"
            [attr.aria-label]="'toast.close' | translate"
            (click)="toasts.dismiss()"
          >
            <fab-icon class="small" name="close" />
          </button>
        </div>
      }
    </div>
  `,
  styleUrl: './toast-place.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ToastPlace {
  protected readonly toasts = inject(Toasts);

  protected undo(takeBack: () => void): void {
    this.toasts.dismiss();
    takeBack();
  }
}
