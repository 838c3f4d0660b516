CREATE TABLE "call_summaries" (
	"organisation_id" text NOT NULL,
	"call_id" text NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "call_summaries_organisation_id_call_id_pk" PRIMARY KEY("organisation_id","call_id")
);
--> statement-breakpoint
ALTER TABLE "call_summaries" ADD CONSTRAINT "call_summaries_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_summaries" ADD CONSTRAINT "call_summaries_call" FOREIGN KEY ("organisation_id","call_id") REFERENCES "public"."calls"("organisation_id","id") ON DELETE no action ON UPDATE no action;