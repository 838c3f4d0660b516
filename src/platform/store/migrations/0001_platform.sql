CREATE TABLE "call_summaries" (
	"organisation_id" text NOT NULL,
	"call_id" text NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "call_summaries_organisation_id_call_id_pk" PRIMARY KEY("organisation_id","call_id")
);
--> statement-breakpoint
CREATE TABLE "key_uses" (
	"organisation_id" text NOT NULL,
	"key_id" text NOT NULL,
	"span" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"uses" integer NOT NULL,
	CONSTRAINT "key_uses_key_id_span_pk" PRIMARY KEY("key_id","span")
);
--> statement-breakpoint
CREATE TABLE "phone_purchases" (
	"id" text PRIMARY KEY NOT NULL,
	"organisation_id" text NOT NULL,
	"assistant_id" text NOT NULL,
	"phone_number" text NOT NULL,
	"provider" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "phone_purchases_organisation_id_id_unique" UNIQUE("organisation_id","id"),
	CONSTRAINT "phone_purchases_provider_phone_number_unique" UNIQUE("provider","phone_number")
);
--> statement-breakpoint
CREATE TABLE "site_pages" (
	"organisation_id" text NOT NULL,
	"assistant_id" text NOT NULL,
	"position" integer NOT NULL,
	"url" text NOT NULL,
	"page" jsonb NOT NULL,
	"read_at" timestamp with time zone NOT NULL,
	CONSTRAINT "site_pages_assistant_id_position_pk" PRIMARY KEY("assistant_id","position")
);
--> statement-breakpoint
DROP INDEX "api_keys_organisation_id_index";--> statement-breakpoint
DROP INDEX "calls_organisation_id_created_at_index";--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "start" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "per_minute" integer;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "per_hour" integer;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "allowed_ips" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "phone_purchase_id" text;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "phone_number" text;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "ringing_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "answered_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "transcript_lines" ADD COLUMN "end_ms" integer;--> statement-breakpoint
ALTER TABLE "transcript_lines" ADD COLUMN "interrupted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "transcript_lines" ADD COLUMN "answered" boolean;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_organisation_id_id_unique" UNIQUE("organisation_id","id");--> statement-breakpoint
ALTER TABLE "call_summaries" ADD CONSTRAINT "call_summaries_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_summaries" ADD CONSTRAINT "call_summaries_call" FOREIGN KEY ("organisation_id","call_id") REFERENCES "public"."calls"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_uses" ADD CONSTRAINT "key_uses_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_uses" ADD CONSTRAINT "key_uses_key" FOREIGN KEY ("organisation_id","key_id") REFERENCES "public"."api_keys"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_purchases" ADD CONSTRAINT "phone_purchases_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_purchases" ADD CONSTRAINT "phone_purchases_assistant" FOREIGN KEY ("organisation_id","assistant_id") REFERENCES "public"."assistants"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_pages" ADD CONSTRAINT "site_pages_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_pages" ADD CONSTRAINT "site_pages_assistant" FOREIGN KEY ("organisation_id","assistant_id") REFERENCES "public"."assistants"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_phone_purchase" FOREIGN KEY ("organisation_id","phone_purchase_id") REFERENCES "public"."phone_purchases"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_keys_organisation_id_created_at_index" ON "api_keys" USING btree ("organisation_id","created_at");--> statement-breakpoint
CREATE INDEX "assistants_organisation_id_created_at_id_index" ON "assistants" USING btree ("organisation_id","created_at","id");--> statement-breakpoint
CREATE INDEX "calls_organisation_id_created_at_id_index" ON "calls" USING btree ("organisation_id","created_at","id");--> statement-breakpoint
CREATE INDEX "calls_under_way" ON "calls" USING btree ("created_at") WHERE "calls"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "widgets_organisation_id_created_at_id_index" ON "widgets" USING btree ("organisation_id","created_at","id");
