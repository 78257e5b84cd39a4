/** The design system's parts. No page invents its own. */
export { Button, type ButtonSize, type ButtonVariant, buttonClass, LinkButton } from "./button";
export {
  type Column,
  DataTable,
  DateText,
  DefinitionList,
  Money,
  NotStated,
  ScoreBar,
  StatTile,
  Timeline,
  type TimelineItem,
} from "./data";
export { Alert, Badge, EmptyState, type Tone } from "./feedback";
export { Card, PageHeader, TabLinks, VisuallyHidden } from "./layout";
export { KindBadge, type ListingCardData, ListingCardView, TrlText } from "./listing-card";
export { Pagination } from "./pagination";
export { PrintButton } from "./print-button";
export { SectorChips } from "./sector-chips";
