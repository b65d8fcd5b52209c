package org.carelog.gateway;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerConfigurationException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.sax.SAXTransformerFactory;
import javax.xml.transform.sax.TransformerHandler;
import javax.xml.transform.stream.StreamResult;
import org.carelog.gateway.BundleSlices.Slice;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What {@link BundleSlices} does, of a Bundle in XML: each entry becomes a document of its own that says the same. A
 * document type is refused, and with it every entity but XML's own.
 */
final class XmlSlices extends DefaultHandler {
    static final String NAMESPACE = "http://hl7.org/fhir";

    private final SAXTransformerFactory writers = (SAXTransformerFactory) TransformerFactory.newDefaultInstance();
    private final List<Slice> entries = new ArrayList<>();
    private final Deque<String> path = new ArrayDeque<>();
    private final Map<String, String> prefixesOfBundle = new HashMap<>();
    private final Map<String, String> prefixesOfEntry = new HashMap<>();
    private final Map<String, String> links = new HashMap<>();
    private OptionalLong total = OptionalLong.empty();
    private String type = "";
    private String relation = "";
    private String id = "";
    private String method = "";
    private String url = "";
    private String owner = "";
    /** Of the entry; null outside of one. */
    private TransformerHandler writer;

    private ByteArrayOutputStream written;

    private XmlSlices() {}

    /** @throws IOException when the bytes are no XML that is read here */
    static BundleSlices of(byte[] bundle) throws IOException {
        XmlSlices slices = new XmlSlices();
        parse(bundle, slices);
        return new BundleSlices(slices.total, slices.type, slices.links, slices.entries);
    }

    /** @throws IOException when the bytes are no XML that is read here */
    static void parse(byte[] xml, DefaultHandler reader) throws IOException {
        InputSource source = new InputSource(new ByteArrayInputStream(xml));
        source.setEncoding(StandardCharsets.UTF_8.name());
        try {
            SAXParserFactory parsers = SAXParserFactory.newDefaultNSInstance();
            parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            SAXParser parser = parsers.newSAXParser();
            // without a document type only XML's own are left, and of those a record may have any number
            parser.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "0");
            parser.setProperty("jdk.xml.totalEntitySizeLimit", "0");
            parser.parse(source, reader);
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException("no XML", e);
        }
    }

    /**
     * A Bundle of that type with these entries, in their order.
     *
     * @param links by relation
     */
    static byte[] together(String type, OptionalLong total, Map<String, String> links, List<byte[]> entries) {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        write(bundle, "<Bundle xmlns=\"%s\"><type value=\"%s\"/>".formatted(NAMESPACE, type));
        total.ifPresent(number -> write(bundle, "<total value=\"%d\"/>".formatted(number)));
        links.forEach((relation, url) -> write(
                bundle,
                "<link><relation value=\"%s\"/><url value=\"%s\"/></link>".formatted(escaped(relation), escaped(url))));
        entries.forEach(bundle::writeBytes);
        write(bundle, "</Bundle>");
        return bundle.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    @Override
    public void startPrefixMapping(String prefix, String uri) throws SAXException {
        if (writer != null) {
            writer.startPrefixMapping(prefix, uri);
        } else {
            (path.isEmpty() ? prefixesOfBundle : prefixesOfEntry).put(prefix, uri);
        }
    }

    @Override
    public void startElement(String uri, String name, String qualified, Attributes attributes) throws SAXException {
        path.addLast(name);
        if (path.size() == 2 && name.equals("entry")) {
            begin();
            id = of(attributes, "id");
        }
        if (writer != null) {
            writer.startElement(uri, name, qualified, attributes);
        }
        note(path.size() > 5 ? "" : String.join("/", path), attributes);
    }

    private void note(String place, Attributes attributes) {
        String value = of(attributes, "value");
        switch (place) {
            case "Bundle/type" -> type = value;
            case "Bundle/total" -> total = value.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(value)) : total;
            case "Bundle/link/relation" -> relation = value;
            case "Bundle/link/url" -> links.put(relation, value);
            case "Bundle/entry/request/method" -> method = value;
            case "Bundle/entry/request/url" -> url = value;
            // nothing else is told there
            case "Bundle/entry/response/extension/valueString" -> owner = value;
            default -> {
                // not asked for
            }
        }
    }

    private static String of(Attributes attributes, String name) {
        String value = attributes.getValue(name);
        return value == null ? "" : value;
    }

    @Override
    public void characters(char[] text, int start, int length) throws SAXException {
        if (writer != null) {
            writer.characters(text, start, length);
        }
    }

    @Override
    public void endElement(String uri, String name, String qualified) throws SAXException {
        if (writer != null) {
            writer.endElement(uri, name, qualified);
        }
        if (path.size() == 2) {
            end();
        }
        path.removeLast();
    }

    private void begin() throws SAXException {
        try {
            writer = writers.newTransformerHandler();
        } catch (TransformerConfigurationException e) {
            throw new SAXException(e);
        }
        writer.getTransformer().setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        written = new ByteArrayOutputStream();
        writer.setResult(new StreamResult(written));
        writer.startDocument();
        Map<String, String> prefixes = new HashMap<>(prefixesOfBundle);
        prefixes.putAll(prefixesOfEntry);
        for (Map.Entry<String, String> prefix : prefixes.entrySet()) {
            writer.startPrefixMapping(prefix.getKey(), prefix.getValue());
        }
    }

    private void end() throws SAXException {
        if (writer != null) {
            writer.endDocument();
            entries.add(new Slice(written.toByteArray(), id, method, url, owner));
        }
        writer = null;
        method = "";
        url = "";
        owner = "";
        prefixesOfEntry.clear();
    }
}
