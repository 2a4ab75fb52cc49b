import "../../text/administration";
import { useQuery } from "@tanstack/react-query";
import { weightPreviewQuery } from "../../api/queries";
import type { MatchWeights, WeightedDeal, WeightedPlace } from "../../api/types";
import { formatDay, formatShare } from "../../format/format";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { type Column, DataTable } from "../../ui/DataTable";
import { Section } from "../../ui/Section";
import { Empty, Failed, Loading } from "../../ui/states";
import classes from "./Weights.module.css";

interface Props {
  weights: MatchWeights;
  /** Something differs from what holds. */
  isAsked: boolean;
  isReadOnly: boolean;
}

/** The open deals that close next: whom they are offered now, and whom they would be. */
export function WeightPreview({ weights, isAsked, isReadOnly }: Props) {
  const query = useQuery({ ...weightPreviewQuery(weights), enabled: !isReadOnly });
  const deals = query.data?.deals ?? [];
  return (
    <Section title={text("settings.weights.preview")}>
      {isReadOnly ? (
        <p className="soft">{text("settings.weights.preview_reader")}</p>
      ) : query.isPending ? (
        <Loading rows={6} height={64} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : deals.length === 0 ? (
        <Empty
          title={text("settings.weights.preview_none")}
          why={text("settings.weights.preview_none_why")}
        />
      ) : (
        <>
          <p className={isAsked ? classes.finding : "soft"} aria-live="polite">
            {isAsked
              ? text(query.data.changed > 0 ? "settings.weights.changed" : "settings.weights.unchanged", {
                  changed: query.data.changed,
                  count: deals.length,
                })
              : text("settings.weights.preview_why")}
          </p>
          <DataTable
            caption={text("settings.weights.preview")}
            columns={columns()}
            rows={deals}
            rowKey={(deal) => deal.opportunity}
            isCards
            isMuted={(deal) => isAsked && !deal.is_changed}
          />
        </>
      )}
    </Section>
  );
}

const columns = (): Column<WeightedDeal>[] => [
  {
    key: "deal",
    label: text("settings.weights.deal"),
    cell: (deal) => (
      <>
        <AppLink href={paths.opportunity(deal.opportunity)}>{deal.name}</AppLink>
        <div className="meta">
          {[
            deal.account_name,
            deal.close_on && text("settings.weights.closes", { day: formatDay(deal.close_on) }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </div>
      </>
    ),
  },
  {
    key: "now",
    label: text("settings.weights.now"),
    wide: true,
    cell: (deal) => <Places places={deal.before} />,
  },
  {
    key: "tried",
    label: text("settings.weights.tried"),
    cell: (deal) => <Places places={deal.after} isCompared />,
  },
];

function Places({ places, isCompared = false }: { places: WeightedPlace[]; isCompared?: boolean }) {
  if (places.length === 0) return text("settings.weights.nobody");
  return (
    <ol className={classes.places}>
      {places.map((place, index) => (
        <li key={place.advocate}>
          <AppLink href={paths.advocate(place.advocate)}>{place.account_name}</AppLink>{" "}
          <span className="meta">{formatShare(place.relevance)}</span>
          {isCompared && place.place_before !== index + 1 ? (
            <span className={classes.moved}>
              {place.place_before === null
                ? text("settings.weights.was_further")
                : text("settings.weights.was", { place: place.place_before })}
            </span>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
