package org.carelog.gateway;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.carelog.gateway.MergedCapabilities.Part;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What {@link MergedCapabilities} does, of statements in XML. */
final class MergedXmlCapabilities {
    private MergedXmlCapabilities() {}

    /**
     * @param parts not empty; what is said of no type is taken from the first
     * @throws IOException when one is not XML
     */
    static byte[] of(List<Part> parts) throws IOException {
        try {
            TreeMap<String, Element> resources = new TreeMap<>();
            for (Part part : parts) {
                for (Element resource : resources(document(part))) {
                    String type = value(resource, "type");
                    if (part.owned().contains(type)) {
                        resources.putIfAbsent(type, resource);
                    }
                }
            }
            Document merged = document(parts.getFirst());
            if (!"CapabilityStatement".equals(merged.getDocumentElement().getLocalName())) {
                throw new IOException("no CapabilityStatement");
            }
            Optional<Element> told = rest(merged);
            if (told.isEmpty()) {
                // the client asked for other elements
                return parts.getFirst().statement();
            }
            Element rest = told.get();
            children(rest, "resource").forEach(rest::removeChild);
            children(rest, "operation").forEach(rest::removeChild);
            Element before = children(rest, "interaction").stream().findFirst().orElse(null);
            resources.values().forEach(resource -> rest.insertBefore(merged.importNode(resource, true), before));
            return bytes(merged);
        } catch (SAXException | ParserConfigurationException | TransformerException e) {
            throw new IOException("no statement in XML", e);
        }
    }

    private static Document document(Part part) throws IOException, SAXException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(part.statement()));
    }

    private static byte[] bytes(Document document) throws TransformerException {
        Transformer transformer = TransformerFactory.newInstance().newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        transformer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        transformer.transform(new DOMSource(document), new StreamResult(out));
        return out.toByteArray();
    }

    private static Optional<Element> rest(Document document) {
        return children(document.getDocumentElement(), "rest").stream().findFirst();
    }

    private static List<Element> resources(Document document) {
        return rest(document).map(rest -> children(rest, "resource")).orElse(List.of());
    }

    private static String value(Element parent, String name) {
        return children(parent, name).stream()
                .map(child -> child.getAttribute("value"))
                .findFirst()
                .orElse("");
    }

    private static List<Element> children(Element parent, String name) {
        NodeList nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(node -> name.equals(node.getLocalName()))
                .map(Element.class::cast)
                .toList();
    }
}
