package org.carelog.validation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * R4's own definitions, read once from the Bundles that HL7 publishes them in: 46 MB of XML, of which 3 MB are kept.
 *
 * @see <a href="https://hl7.org/fhir/R4/downloads.html">FHIR R4, downloads</a>
 */
final class BaseDefinitions {
    private static final String FOLDER = "/org/hl7/fhir/r4/model/";
    private static final List<String> FILES = List.of(
            "profile/profiles-types.xml",
            "profile/profiles-resources.xml",
            "profile/profiles-others.xml",
            "extension/extension-definitions.xml",
            "valueset/valuesets.xml",
            "valueset/v2-tables.xml",
            "valueset/v3-codesystems.xml");

    private final BiConsumer<DefinitionName, PackedDefinition> definitions;
    private final BiConsumer<DefinitionName, Map<String, String>> types;

    private BaseDefinitions(
            BiConsumer<DefinitionName, PackedDefinition> definitions,
            BiConsumer<DefinitionName, Map<String, String>> types) {
        this.definitions = definitions;
        this.types = types;
    }

    /**
     * @param definitions takes each definition
     * @param types takes of each that defines a type, and not a profile of one, its simple members
     */
    static void read(
            BiConsumer<DefinitionName, PackedDefinition> definitions,
            BiConsumer<DefinitionName, Map<String, String>> types) {
        BaseDefinitions all = new BaseDefinitions(definitions, types);
        FILES.forEach(all::read);
    }

    private void read(String file) {
        try (InputStream xml = BaseDefinitions.class.getResourceAsStream(FOLDER + file)) {
            XMLStreamReader reader = XMLInputFactory.newFactory().createXMLStreamReader(xml, "UTF-8");
            String parent = "";
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                    String name = reader.getLocalName();
                    if (parent.equals("resource") && DefinitionName.TYPES.contains(name)) {
                        definition(reader, name);
                    }
                    parent = name;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("R4's definitions in " + file, e);
        }
    }

    /** The reader stands at the definition's begin, and then at its end. */
    private void definition(XMLStreamReader reader, String type) throws XMLStreamException {
        Map<String, String> members = new HashMap<>();
        StringBuilder xml = new StringBuilder("<" + type + " xmlns=\"http://hl7.org/fhir\">");
        Deque<String> path = new ArrayDeque<>(List.of(type));
        int leftOut = 0;
        while (!path.isEmpty()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                String name = reader.getLocalName();
                boolean top = path.size() == 1;
                if (leftOut > 0 || (top ? Surplus.isTop(type, name, true) : Surplus.isInner(type, path.peek(), name))) {
                    leftOut++;
                } else {
                    if (top && reader.getAttributeValue(null, "value") != null) {
                        members.put(name, reader.getAttributeValue(null, "value"));
                    }
                    begin(reader, name, xml);
                }
                path.push(name);
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                String name = path.pop();
                if (leftOut > 0) {
                    leftOut--;
                } else {
                    xml.append("</").append(name).append('>');
                }
            }
        }
        DefinitionName name = new DefinitionName(type, members.getOrDefault("url", ""));
        if ("not-present".equals(members.get("content"))) {
            return; // a code system whose codes are elsewhere
        }
        definitions.accept(
                name,
                PackedDefinition.of(PackedDefinition.Form.XML, xml.toString().getBytes(StandardCharsets.UTF_8)));
        if (type.equals(DefinitionName.STRUCTURE) && !"constraint".equals(members.get("derivation"))) {
            types.accept(name, members);
        }
    }

    private static void begin(XMLStreamReader reader, String name, StringBuilder xml) {
        xml.append('<').append(name);
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            xml.append(' ').append(reader.getAttributeLocalName(i)).append("=\"");
            escape(reader.getAttributeValue(i), xml);
            xml.append('"');
        }
        xml.append('>');
    }

    private static void escape(String value, StringBuilder xml) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || "<>&\"".indexOf(c) >= 0) {
                xml.append("&#").append((int) c).append(';');
            } else {
                xml.append(c);
            }
        }
    }
}
