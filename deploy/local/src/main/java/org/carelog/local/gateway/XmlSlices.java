package org.carelog.local.gateway;

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
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerConfigurationException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.sax.SAXTransformerFactory;
import javax.xml.transform.sax.TransformerHandler;
import javax.xml.transform.stream.StreamResult;
import org.carelog.local.gateway.BundleSlices.Slice;
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
    private String type = "";
    private String url = "";
    /** Of the entry; null outside of one. */
    private TransformerHandler writer;

    private ByteArrayOutputStream written;

    private XmlSlices() {}

    /** @throws IOException when the bytes are no XML that is read here */
    static BundleSlices of(byte[] bundle) throws IOException {
        XmlSlices slices = new XmlSlices();
        InputSource source = new InputSource(new ByteArrayInputStream(bundle));
        source.setEncoding(StandardCharsets.UTF_8.name());
        try {
            SAXParserFactory parsers = SAXParserFactory.newDefaultNSInstance();
            parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            SAXParser parser = parsers.newSAXParser();
            // without a document type only XML's own are left, and of those a record may have any number
            parser.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "0");
            parser.setProperty("jdk.xml.totalEntitySizeLimit", "0");
            parser.parse(source, slices);
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException("no XML", e);
        }
        return new BundleSlices(slices.type, Map.of(), slices.entries);
    }

    /** A Bundle of that type with these entries, in their order. */
    static byte[] together(String type, List<byte[]> entries) {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        bundle.writeBytes("<Bundle xmlns=\"%s\"><type value=\"%s\"/>"
                .formatted(NAMESPACE, type)
                .getBytes(StandardCharsets.UTF_8));
        entries.forEach(bundle::writeBytes);
        bundle.writeBytes("</Bundle>".getBytes(StandardCharsets.UTF_8));
        return bundle.toByteArray();
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
        }
        if (writer != null) {
            writer.startElement(uri, name, qualified, attributes);
        }
        switch (path.size() > 4 ? "" : String.join("/", path)) {
            case "Bundle/type" -> type = value(attributes);
            case "Bundle/entry/request/url" -> url = value(attributes);
            default -> {
                // not asked for
            }
        }
    }

    private static String value(Attributes attributes) {
        String value = attributes.getValue("value");
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
            entries.add(new Slice(written.toByteArray(), "", url));
        }
        writer = null;
        url = "";
        prefixesOfEntry.clear();
    }
}
