/** What both drawings of the skill map take and offer, so that the frame around them need not know which one it holds. */
import type { Ref } from 'react';
import type { MapGraph } from './map-graph.ts';
import type { MapLayout } from './skill-layout.ts';

export interface MapCommands {
  zoomIn(): void;
  zoomOut(): void;
  /** Shows the whole map. */
  fit(): void;
  /** Brings a skill into the middle. */
  centre(index: number): void;
}

export interface MapViewProps {
  readonly graph: MapGraph;
  readonly layout: MapLayout;
  readonly selected: number | null;
  readonly onSelect: (index: number | null) => void;
  readonly commands: Ref<MapCommands>;
}
