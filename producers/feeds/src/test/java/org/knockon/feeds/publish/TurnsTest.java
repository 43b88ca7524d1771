package org.knockon.feeds.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final Turns turns = new Turns();
    private final List<String> started = new ArrayList<>();

    @Test
    void doesOneThingAfterTheOtherForOneAppointment() {
        CompletableFuture<String> first = new CompletableFuture<>();
        turns.take(List.of("a"), work("1", first));
        turns.take(List.of("a"), work("2", new CompletableFuture<>()));
        assertThat(started).containsExactly("1");

        first.complete("done");

        assertThat(started).containsExactly("1", "2");
    }

    @Test
    void doesNotLetOneAppointmentWaitForAnother() {
        turns.take(List.of("a"), work("1", new CompletableFuture<>()));
        turns.take(List.of("b"), work("2", new CompletableFuture<>()));
        turns.take(List.of(), work("3", new CompletableFuture<>()));

        assertThat(started).containsExactly("1", "2", "3");
    }

    @Test
    void waitsForAllAppointmentsOfAMessage() {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> second = new CompletableFuture<>();
        turns.take(List.of("a"), work("1", first));
        turns.take(List.of("b"), work("2", second));
        turns.take(List.of("b", "a", "b"), work("3", new CompletableFuture<>()));

        first.complete("");
        assertThat(started).containsExactly("1", "2");
        second.complete("");
        assertThat(started).containsExactly("1", "2", "3");
    }

    @Test
    void goesOnAfterWorkThatFailed() {
        CompletableFuture<String> failing = new CompletableFuture<>();
        CompletableFuture<String> result = turns.take(List.of("a"), work("1", failing));
        turns.take(List.of("a"), () -> {
            throw new IllegalStateException("a fault");
        });
        turns.take(List.of("a"), work("3", CompletableFuture.completedFuture("")));

        failing.completeExceptionally(new IllegalStateException("a fault"));

        assertThat(result).isCompletedExceptionally();
        assertThat(started).containsExactly("1", "3");
        assertThat(turns.busy()).isZero();
    }

    private Supplier<CompletionStage<String>> work(String name, CompletableFuture<String> until) {
        return () -> {
            started.add(name);
            return until;
        };
    }
}
