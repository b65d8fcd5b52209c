package org.carelog.local.load;

/** One resource as it will be sent: its own id and its JSON, references already rewritten. */
public record InputResource(String type, String id, byte[] json) {

    public String reference() {
        return type + "/" + id;
    }

    /** The reference only: the content is a patient's. */
    @Override
    public String toString() {
        return reference();
    }
}
