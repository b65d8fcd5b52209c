package org.carelog.fhir;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes the tree of a large body small: equal short texts are one node, for a Bundle says its systems and codes again and
 * again, and an object has the room that elements usually take. For one reading, by one thread.
 */
final class FrugalNodes extends JsonNodeFactory {
    private static final long serialVersionUID = 1L;

    /** Longer texts are seldom said twice. */
    private static final int LONGEST = 64;

    /** So many different ones mean that they are not said twice either. */
    private static final int MOST = 20_000;

    private static final int USUAL_ELEMENTS = 4;

    private final transient Map<String, TextNode> texts = new HashMap<>();

    FrugalNodes() {
        super(true);
    }

    @Override
    public TextNode textNode(String text) {
        if (text == null || text.length() > LONGEST) {
            return super.textNode(text);
        }
        TextNode known = texts.get(text);
        if (known == null) {
            known = super.textNode(text);
            if (texts.size() < MOST) {
                texts.put(text, known);
            }
        }
        return known;
    }

    @Override
    public ObjectNode objectNode() {
        return new ObjectNode(this, new LinkedHashMap<>(USUAL_ELEMENTS));
    }
}
