package org.carelog.local.load;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A transaction that PUTs resources, around the bytes they have already. */
public final class TransactionJson {

    private static final String START = "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[";

    private TransactionJson() {}

    /** The pieces of the body, in their order. */
    public static List<byte[]> of(List<InputResource> resources) {
        List<byte[]> pieces = new ArrayList<>();
        String before = START;
        for (InputResource resource : resources) {
            pieces.add(bytes(before + "{\"resource\":"));
            pieces.add(resource.json());
            // an id may hold anything, so it goes as JSON has it
            pieces.add(bytes(",\"request\":{\"method\":\"PUT\",\"url\":%s}}".formatted(quoted(resource.reference()))));
            before = ",";
        }
        pieces.add(bytes("]}"));
        return pieces;
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
