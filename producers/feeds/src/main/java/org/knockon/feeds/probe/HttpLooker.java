package org.knockon.feeds.probe;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/** Looks at the status of a page. Redirects are not followed: they lead to addresses that the file does not name. */
final class HttpLooker {

    private static final int MOST_READ = 64 * 1024;

    private final long timeout;
    private final HttpClient client;

    HttpLooker(long timeout, SSLContext tls) {
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(Duration.ofMillis(timeout))
                .sslContext(tls)
                .build();
    }

    Look look(ProbeTarget.Http page) {
        HttpRequest request = HttpRequest.newBuilder(page.address())
                .timeout(Duration.ofMillis(timeout))
                .GET()
                .build();
        CompletableFuture<HttpResponse<Void>> response = client.sendAsync(request, info -> new Discard());
        try {
            // The timeout of the request ends with its headers; this one covers the body too.
            int status = response.get(timeout, TimeUnit.MILLISECONDS).statusCode();
            return status >= page.lowestStatus() && status <= page.highestStatus()
                    ? Look.UP
                    : Look.down("status " + status);
        } catch (ExecutionException | TimeoutException e) {
            response.cancel(true);
            return Failures.look(e);
        } catch (InterruptedException e) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            return Look.down("closed");
        }
    }

    /** Reads a bounded part of the body and drops it. */
    private static final class Discard implements HttpResponse.BodySubscriber<Void> {
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private Flow.Subscription subscription;
        private int read;

        @Override
        public void onSubscribe(Flow.Subscription newSubscription) {
            subscription = newSubscription;
            subscription.request(1);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            read += buffers.stream().mapToInt(ByteBuffer::remaining).sum();
            if (read >= MOST_READ) {
                subscription.cancel();
                done.complete(null);
            } else {
                subscription.request(1);
            }
        }

        @Override
        public void onError(Throwable failure) {
            done.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            done.complete(null);
        }

        @Override
        public CompletionStage<Void> getBody() {
            return done;
        }
    }
}
