package org.carelog.local.load;

import java.util.regex.Pattern;

/** One resource as it will be sent: its own id and its JSON, references already rewritten. */
record InputResource(String type, String id, byte[] json) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

    /**
     * Whether the id can be in an address.
     *
     * @see <a href="https://hl7.org/fhir/R4/datatypes.html#id">FHIR R4, id</a>
     */
    boolean hasPossibleId() {
        return ID.matcher(id).matches() && !id.equals(".") && !id.equals("..");
    }

    String reference() {
        return type + "/" + id;
    }

    /** The reference only: the content is a patient's. */
    @Override
    public String toString() {
        return reference();
    }
}
