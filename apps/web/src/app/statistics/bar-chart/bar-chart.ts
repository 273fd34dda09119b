import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  DOCUMENT,
  effect,
  type ElementRef,
  inject,
  input,
  viewChild,
} from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { Chart, ChartConfiguration } from 'chart.js';
import { ThemeChoice } from '../../frame/theme-choice';
import { Formats } from '../../language/formats';

/** One bar. */
export interface Bar {
  readonly label: string;
  readonly value: number;
}

/** Room for about so many labels below the bars. */
const MAX_LABELS = 12;

/**
 * Bars over a line of labels, with the same figures as a table for those who do not see them. The
 * library comes with the first chart that is shown.
 */
@Component({
  selector: 'fab-bar-chart',
  imports: [TranslatePipe],
  template: `
    <div class="chart"><canvas #canvas role="img" [attr.aria-label]="label()"></canvas></div>
    <details>
      <summary class="small ink-3">{{ 'statistics.as_table' | translate }}</summary>
      <table>
        <caption class="only-read-aloud">
          {{
            label()
          }}
        </caption>
        <tbody>
          @for (bar of bars(); track $index) {
            <tr>
              <th scope="row">{{ bar.label }}</th>
              <td class="num">{{ formats.planHours(bar.value * 3600) }} {{ unit() }}</td>
            </tr>
          }
        </tbody>
      </table>
    </details>
  `,
  styleUrl: './bar-chart.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class BarChart {
  protected readonly formats = inject(Formats);
  private readonly document = inject(DOCUMENT);
  private readonly theme = inject(ThemeChoice);
  private readonly canvas = viewChild.required<ElementRef<HTMLCanvasElement>>('canvas');

  /** What the chart shows, in words. */
  readonly label = input.required<string>();
  readonly bars = input.required<readonly Bar[]>();
  /** A line over the bars, one figure for each. */
  readonly line = input<readonly number[]>();
  readonly unit = input('');

  private chart: Chart | null = null;

  constructor() {
    effect(() => {
      // What the picture depends on; colours come from the theme's tokens.
      this.theme.current();
      this.bars();
      this.line();
      this.unit();
      void this.draw();
    });
    const scheme = this.document.defaultView?.matchMedia?.('(prefers-color-scheme: dark)');
    const redraw = () => void this.draw();
    scheme?.addEventListener('change', redraw);
    inject(DestroyRef).onDestroy(() => {
      scheme?.removeEventListener('change', redraw);
      this.chart?.destroy();
    });
  }

  private async draw(): Promise<void> {
    const canvas = this.canvas().nativeElement;
    const { Chart } = await import('./chart-library');
    // The page was left while the library came.
    if (!canvas.isConnected) return;
    this.chart?.destroy();
    this.chart = new Chart(canvas, this.configured());
  }

  private configured(): ChartConfiguration<'bar' | 'line'> {
    const [bar, ink, faint, grid] = ['--accent', '--ink', '--ink-3', '--line'].map((name) =>
      this.token(name),
    );
    const line = this.line();
    const font = { family: this.token('--font'), size: 12 };
    const isStill = this.document.defaultView?.matchMedia?.('(prefers-reduced-motion: reduce)');
    return {
      type: 'bar',
      data: {
        labels: this.bars().map(({ label }) => label),
        datasets: [
          ...(line
            ? [
                {
                  type: 'line' as const,
                  data: [...line],
                  borderColor: ink,
                  borderWidth: 1.5,
                  pointRadius: 0,
                },
              ]
            : []),
          {
            type: 'bar' as const,
            data: this.bars().map(({ value }) => value),
            backgroundColor: bar,
            borderRadius: 2,
            maxBarThickness: 32,
          },
        ],
      },
      options: {
        maintainAspectRatio: false,
        ...(isStill?.matches ? { animation: false } : { animation: { duration: 160 } }),
        interaction: { mode: 'index', intersect: false },
        plugins: {
          legend: { display: false },
          tooltip: {
            displayColors: false,
            callbacks: { label: ({ parsed }) => this.figure(parsed.y ?? 0) },
          },
        },
        scales: {
          x: {
            grid: { display: false },
            border: { display: false },
            ticks: {
              color: faint,
              font,
              maxTicksLimit: MAX_LABELS,
              maxRotation: 0,
              // Days of a whole year are long words on a phone.
              autoSkipPadding: 16,
            },
          },
          y: {
            position: 'right',
            beginAtZero: true,
            grid: { color: grid },
            border: { display: false },
            ticks: {
              color: faint,
              font,
              maxTicksLimit: 5,
              callback: (value) => this.figure(Number(value)),
            },
          },
        },
      },
    };
  }

  private figure(value: number): string {
    return `${this.formats.planHours(value * 3600)} ${this.unit()}`.trim();
  }

  private token(name: string): string {
    const { documentElement, defaultView } = this.document;
    return defaultView?.getComputedStyle(documentElement).getPropertyValue(name).trim() ?? '';
  }
}
