/** Draws who spoke when: a lane each, with the moments at which somebody was interrupted. */

import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { clock } from './format.ts';
import type { Turn } from './shapes.ts';
import { type Mark, type Timeline, wordsOfTimeline } from './timeline.ts';

/** Of the picture, in CSS pixels. Along the line everything is a share of its length, so that it fits any width. */
const LANE_PX = 28;
const GAP_PX = 12;
const TOP_PX = 14;
const LANES = ['user', 'assistant'] as const;
const AXIS_PX = TOP_PX + LANES.length * (LANE_PX + GAP_PX);
const HEIGHT_PX = AXIS_PX + 22;
const WHO = { user: 'Visitor', assistant: 'Assistant' } as const;

export function timelinePicture(timeline: Timeline): TemplateResult {
  const { lanes, ticks, interruptions, spokenMs } = timeline;
  const legend = (role: Turn['role']): TemplateResult => {
    const spoken = spokenMs[role] > 0 ? html`<span class="quiet">${clock(spokenMs[role])}</span>` : nothing;
    return html`<li class=${role}>${WHO[role]} ${spoken}</li>`;
  };
  return html`<figure class="timeline">
    <svg role="img" aria-label=${wordsOfTimeline(timeline)} width="100%" height=${HEIGHT_PX}>
      ${ticks.map(
        ({ at, label }) => svg`
          <line class="rule" x1=${percentage(at)} x2=${percentage(at)} y1="0" y2=${AXIS_PX} />
          <text x=${percentage(at)} y=${HEIGHT_PX - 5} text-anchor=${at < 0.04 ? 'start' : at > 0.96 ? 'end' : 'middle'}>${label}</text>`,
      )}
      ${LANES.map((role, lane) => lanes[role].map((mark) => markOf(mark, role, TOP_PX + lane * (LANE_PX + GAP_PX))))}
      ${interruptions.map(({ at, label }) => cutAt(at, label))}
    </svg>
    <figcaption>
      <ul class="legend">
        ${LANES.map(legend)}
        ${
          interruptions.length > 0
            ? html`<li class="cut">Interrupted <span class="quiet">${interruptions.length}×</span></li>`
            : nothing
        }
      </ul>
    </figcaption>
  </figure>`;
}

/** What was spoken is a bar; what was typed, or not measured, a dot. */
function markOf({ turn, start, width }: Mark, role: Turn['role'], y: number): SVGTemplateResult {
  const words = `${WHO[role]}, ${clock(turn.at_ms)}: ${turn.text}`;
  if (width === 0) {
    return svg`<circle class=${role} cx=${percentage(start)} cy=${y + LANE_PX / 2} r="5"><title>${words}</title></circle>`;
  }
  return svg`<rect class=${role} x=${percentage(start)} y=${y} width=${percentage(width)} height=${LANE_PX} rx="4"><title>${words}</title></rect>`;
}

/** A line through both lanes with a wedge on top: told by its shape as well as by its colour. */
function cutAt(at: number, label: string): SVGTemplateResult {
  return svg`<svg class="cut" x=${percentage(at)} overflow="visible">
    <title>Interrupted at ${label}</title>
    <path d="M0 ${AXIS_PX - GAP_PX + 4}V6" />
    <path class="wedge" d="M-6 0H6L0 9Z" />
  </svg>`;
}

function percentage(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}
