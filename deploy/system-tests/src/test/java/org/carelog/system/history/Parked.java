package org.carelog.system.history;

/** A row of {@code parked_event}, without what it holds. */
public record Parked(String service, String topic, int partition, long offset, String reason, String detail) {

    Poison place() {
        return new Poison(topic, partition, offset);
    }

    @Override
    public String toString() {
        return "%s at %s, %s %s".formatted(place(), service, reason, detail);
    }
}
