package org.carelog.system.history;

/** A resource: {@code Patient/123}. */
public record Reference(String type, String id) {

    public Version version(long number) {
        return new Version(this, number);
    }

    @Override
    public String toString() {
        return type + "/" + id;
    }
}
