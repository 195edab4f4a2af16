package org.sluice.gateway.journal;

/** A place between two records: byte {@code offset} of segment {@code segment}. */
public record Position(long segment, long offset) implements Comparable<Position> {
    /** Before everything. */
    public static final Position BEGIN = new Position(0, 0);

    @Override
    public int compareTo(Position other) {
        int bySegment = Long.compare(segment, other.segment);
        return bySegment != 0 ? bySegment : Long.compare(offset, other.offset);
    }

    public boolean isBefore(Position other) {
        return compareTo(other) < 0;
    }
}
