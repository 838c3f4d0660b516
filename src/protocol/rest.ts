/** The REST shapes that cross a process boundary: create-call, the public part of a widget, and the proxy's errors. */

/** Where a call's socket is. `url` is opened exactly as it came. */
export interface Gateway {
  readonly transport: 'websocket';
  readonly path: string;
  readonly url: string;
}

/** `POST /v1/widgets/create-call`, 201. */
export interface CreateCallResponse {
  readonly status: true;
  readonly message: string;
  readonly call_id: string;
  readonly assistant_id: string;
  readonly gateway: Gateway;
}

/**
 * The fields of the published `UpdateWidgetDTO` that a visitor's browser may see: `allowed_origins` stays with the
 * proxy. Every field may be missing: the widget has defaults.
 */
export interface PublicWidget {
  readonly id?: string;
  readonly assistantId?: string;
  readonly background_color?: string;
  readonly text_color?: string;
  readonly button_color?: string;
  readonly button_text_color?: string;
  readonly border_color?: string;
  readonly focus_outline_color?: string;
  /** CSS pixels. */
  readonly card_radius?: number;
  /** CSS pixels. */
  readonly button_radius?: number;
  readonly start_call_button?: string;
  readonly end_call_button?: string;
  readonly call_to_action?: string;
  readonly terms_and_condition?: boolean;
  readonly terms_and_condition_content?: string;
  /** `active`, `paused` or `draft`; missing means active. */
  readonly status?: string;
  /** An extension: calls are recorded, and the card says so. */
  readonly recording?: boolean;
}

/** `GET {proxy}/widgets/{id}`, 200. */
export interface WidgetResponse {
  readonly widget: PublicWidget;
  /** The origin that call sockets will go to, as `https://host`, for preconnecting; null where it isn't known. */
  readonly gateway_origin: string | null;
}

/** What the proxy's `code` can be. */
export type ProxyErrorCode =
  | 'bad_request'
  | 'not_found'
  | 'widget_unknown'
  | 'origin_refused'
  | 'widget_paused'
  | 'widget_draft'
  | 'full'
  | 'rate_limited'
  | 'upstream_failed'
  | 'upstream_unreachable'
  | 'internal';

/** Every failure of the proxy. `message` is for developers; visitors read the widget's own words. */
export interface ProxyErrorResponse {
  readonly error: { readonly code: ProxyErrorCode; readonly message: string };
}
