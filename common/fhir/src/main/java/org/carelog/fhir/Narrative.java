package org.carelog.fhir;

import java.io.StringReader;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The XHTML that a narrative may have: what formats text, and nothing that acts or is fetched unasked.
 *
 * @see <a href="https://hl7.org/fhir/R4/narrative.html#xhtml">FHIR R4, limited XHTML content</a>
 */
final class Narrative {
    private static final String NAMESPACE = "http://www.w3.org/1999/xhtml";
    private static final Set<String> ELEMENTS = Set.of(
            "div",
            "p",
            "br",
            "hr",
            "span",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "a",
            "img",
            "map",
            "area",
            "b",
            "i",
            "u",
            "em",
            "strong",
            "small",
            "big",
            "tt",
            "dfn",
            "code",
            "samp",
            "kbd",
            "var",
            "cite",
            "abbr",
            "acronym",
            "blockquote",
            "q",
            "sub",
            "sup",
            "ins",
            "del",
            "pre",
            "bdo",
            "address",
            "center",
            "font",
            "table",
            "caption",
            "colgroup",
            "col",
            "thead",
            "tfoot",
            "tbody",
            "tr",
            "th",
            "td",
            "dl",
            "dt",
            "dd",
            "ul",
            "ol",
            "li");
    private static final Set<String> ATTRIBUTES = Set.of(
            "title",
            "style",
            "class",
            "id",
            "lang",
            "space",
            "dir",
            "name",
            "href",
            "hreflang",
            "rel",
            "rev",
            "src",
            "alt",
            "longdesc",
            "usemap",
            "shape",
            "coords",
            "width",
            "height",
            "border",
            "align",
            "valign",
            "char",
            "charoff",
            "span",
            "abbr",
            "axis",
            "headers",
            "scope",
            "rowspan",
            "colspan",
            "cellpadding",
            "cellspacing",
            "summary",
            "frame",
            "rules",
            "nowrap",
            "bgcolor",
            "color",
            "face",
            "size",
            "cite",
            "datetime",
            "start",
            "type",
            "value",
            "compact",
            "noshade",
            "clear",
            "accesskey",
            "tabindex",
            "idref");
    private static final Pattern SCRIPT = Pattern.compile("(javascript|vbscript|expression)[:(]|data:(?!image/)");

    private Narrative() {}

    /** What is wrong with the content of a {@code div}, if something is. */
    static Optional<String> fault(String div) {
        XMLStreamReader reader = null;
        try {
            reader = FhirXml.reader(new StringReader(div));
            return fault(reader);
        } catch (XMLStreamException e) {
            return Optional.of("A narrative is one well-formed XHTML div");
        } finally {
            FhirXml.close(reader);
        }
    }

    private static Optional<String> fault(XMLStreamReader reader) throws XMLStreamException {
        boolean first = true;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.DTD) {
                return Optional.of("A narrative has no document type");
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (first && !(reader.getLocalName().equals("div") && NAMESPACE.equals(reader.getNamespaceURI()))) {
                    return Optional.of("A narrative is a div of " + NAMESPACE);
                }
                first = false;
                if (!ELEMENTS.contains(reader.getLocalName()) || !attributesAreAllowed(reader)) {
                    return Optional.of("A narrative has an element or attribute that R4 does not allow in it");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean attributesAreAllowed(XMLStreamReader reader) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String value = reader.getAttributeValue(i).toLowerCase(Locale.ROOT).replaceAll("[\\s\\p{Cntrl}]", "");
            if (!ATTRIBUTES.contains(reader.getAttributeLocalName(i))
                    || SCRIPT.matcher(value).find()) {
                return false;
            }
        }
        return true;
    }
}
