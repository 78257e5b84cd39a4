// Preloaded into every process the launcher starts: when the launcher dies, however it dies, the process is asked to stop.
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();
