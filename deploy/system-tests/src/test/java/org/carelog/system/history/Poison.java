package org.carelog.system.history;

/** A place on a topic of changes where somebody put what is no event. */
public record Poison(String topic, int partition, long offset) {

    @Override
    public String toString() {
        return topic + "-" + partition + ":" + offset;
    }
}
