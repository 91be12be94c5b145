package org.agnesi.run;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Threads for work that nobody waits for. They are daemons, and end when there is none for some seconds.
public final class Workers {
    private final ThreadPoolExecutor background = new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
        var thread = new Thread(task, "agnesi-warm-up");
        thread.setDaemon(true);
        return thread;
    });

    public Workers() { background.allowCoreThreadTimeOut(true); }

    /// Runs a task when there is time.
    void later(Runnable task) { background.execute(task); }
}
