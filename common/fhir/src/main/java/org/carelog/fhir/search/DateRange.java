package org.carelog.fhir.search;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time that a date of some precision covers: from {@code low} until before {@code high}, in milliseconds since 1970
 * UTC. A date without a zone is taken as UTC.
 */
public record DateRange(long low, long high) {
    /** Stands for a period's missing start. */
    public static final long OPEN_START = Long.MIN_VALUE;
    /** Stands for a period's missing end. */
    public static final long OPEN_END = Long.MAX_VALUE;

    private static final Pattern FORM = Pattern.compile("(?<year>\\d{4})(?:-(?<month>\\d\\d)(?:-(?<day>\\d\\d)"
            + "(?:T(?<hour>\\d\\d):(?<minute>\\d\\d)(?::(?<second>\\d\\d)(?:\\.(?<fraction>\\d+))?)?"
            + "(?<zone>Z|[+-]\\d\\d:\\d\\d)?)?)?)?");
    private static final Pattern LOST_PLUS = Pattern.compile(".*T.* \\d\\d:\\d\\d");

    /** @throws IllegalArgumentException with a sentence that does not repeat the text */
    public static DateRange parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    LOST_PLUS.matcher(text).matches()
                            ? "the + of a time zone must be sent as %2B"
                            : "a date is YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm[:ss[.sss]][Z|±hh:mm],"
                                    + " after one of the prefixes eq ne gt ge lt le sa eb ap or none");
        }
        try {
            return read(form);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("there is no such date", e);
        }
    }

    private static DateRange read(Matcher form) {
        int year = Integer.parseInt(form.group("year"));
        if (form.group("month") == null) {
            return days(LocalDate.of(year, 1, 1), ChronoUnit.YEARS);
        }
        int month = Integer.parseInt(form.group("month"));
        if (form.group("day") == null) {
            return days(LocalDate.of(year, month, 1), ChronoUnit.MONTHS);
        }
        LocalDate day = LocalDate.of(year, month, Integer.parseInt(form.group("day")));
        return form.group("hour") == null ? days(day, ChronoUnit.DAYS) : time(day, form);
    }

    private static DateRange days(LocalDate start, ChronoUnit precision) {
        return new DateRange(midnight(start), midnight(start.plus(1, precision)));
    }

    private static long midnight(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    private static DateRange time(LocalDate day, Matcher form) {
        LocalDateTime minute = day.atTime(Integer.parseInt(form.group("hour")), Integer.parseInt(form.group("minute")));
        ZoneOffset zone = form.group("zone") == null ? ZoneOffset.UTC : ZoneOffset.of(form.group("zone"));
        long start = minute.toInstant(zone).toEpochMilli();
        if (form.group("second") == null) {
            return new DateRange(start, start + 60_000);
        }
        int second = Integer.parseInt(form.group("second"));
        if (second > 60) {
            throw new DateTimeException("no such second");
        }
        // a leap second is as if the one before it were longer
        start += Math.min(second, 59) * 1000L;
        if (form.group("fraction") == null) {
            return new DateRange(start, start + 1000);
        }
        // finer than a millisecond is cut: meta.lastUpdated and our ranges have milliseconds
        start += Integer.parseInt((form.group("fraction") + "00").substring(0, 3));
        return new DateRange(start, start + 1);
    }
}
