package org.carelog.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import org.carelog.gateway.BundleSlices.Slice;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** Reads {@link SearchEntry} from XML. */
final class XmlSearchEntry extends DefaultHandler {
    private final Deque<String> path = new ArrayDeque<>();
    private String fullUrl = "";
    private String mode = "";
    private String id = "";
    private Instant lastUpdated = Instant.MIN;

    private XmlSearchEntry() {}

    static SearchEntry of(Slice slice) throws IOException {
        XmlSearchEntry read = new XmlSearchEntry();
        XmlSlices.parse(slice.bytes(), read);
        return new SearchEntry(
                withoutPlace(slice.bytes()), slice.id(), read.fullUrl, read.mode, read.id, read.lastUpdated);
    }

    private static byte[] withoutPlace(byte[] entry) {
        String xml = new String(entry, StandardCharsets.UTF_8);
        int end = xml.indexOf('>');
        String start = xml.substring(0, end).replaceFirst(" id=\"[^\"]*\"", "");
        return (start + xml.substring(end)).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void startElement(String uri, String name, String qualified, Attributes attributes) {
        // whatever the type of the resource
        path.addLast(path.size() == 2 && path.peekLast().equals("resource") ? "*" : name);
        String value = attributes.getValue("value");
        switch (path.size() > 5 || value == null ? "" : String.join("/", path)) {
            case "entry/fullUrl" -> fullUrl = value;
            case "entry/search/mode" -> mode = value;
            case "entry/resource/*/id" -> id = value;
            case "entry/resource/*/meta/lastUpdated" ->
                lastUpdated = OffsetDateTime.parse(value).toInstant();
            default -> {
                // not asked for
            }
        }
    }

    @Override
    public void endElement(String uri, String name, String qualified) {
        path.removeLast();
    }
}
