use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context;
use comity_registrar::Registrar;
use tokio::net::TcpListener;

use crate::arguments::Serve;
use crate::configuration::{Configuration, Listening, Place};
use crate::failure::Failure;
use crate::site::Live;
use crate::{loading, storage};

/// Serves the conference from a folder or a database.
pub async fn run(options: &Serve, configuration: &Configuration) -> Result<(), Failure> {
    let place = configuration.place(&options.place)?;
    let register = storage::open(&place).await?;
    let registrar = loading::registrar(register, loading::instants(None)).await?;
    let how = match &place {
        Place::Folder(folder) => format!("--data {}", folder.display()),
        Place::Database(_) => "--database-url …".to_owned(),
    };
    loading::require_rules(&registrar, &how)?;
    open(registrar, &configuration.listening(&options.listen)).await
}

/// Opens the site and waits until the program is told to stop.
pub async fn open(registrar: Registrar, listening: &Listening) -> Result<(), Failure> {
    let listener = listen(listening).await?;
    let address = listener
        .local_addr()
        .context("the port that was taken cannot be read")?;
    let site = comity_web::site(
        Arc::new(Live::new(registrar)),
        comity_web::Configuration {
            public_address: listening
                .public_url
                .as_ref()
                .map(|url| url.trim_end_matches('/').to_owned()),
            cache_bytes: listening.page_cache,
            ..comity_web::Configuration::default()
        },
    );
    println!("http://{address}/");
    // Whoever reads the address may be a program at the other end of a pipe.
    std::io::stdout()
        .flush()
        .context("the address cannot be printed")?;
    axum::serve(listener, site)
        .with_graceful_shutdown(told_to_stop())
        .await
        .context("the site stopped")?;
    Ok(())
}

async fn listen(listening: &Listening) -> Result<TcpListener, Failure> {
    let address = SocketAddr::new(listening.address, listening.port);
    TcpListener::bind(address).await.map_err(|error| {
        let hint = match error.kind() {
            std::io::ErrorKind::AddrInUse => "another program has it: choose another with `--port`, or `--port 0` for any that is free",
            std::io::ErrorKind::PermissionDenied => "ports below 1024 need the right to take them: choose a higher one with `--port`",
            _ => "look at `--listen` and `--port`",
        };
        Failure::hinted(anyhow::Error::new(error).context(format!("cannot listen on {address}")), Some(hint))
    })
}

/// Ctrl-C or a termination signal; requests under way are finished.
async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            let _ = interrupt.await;
            return;
        };
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = interrupt.await;
}
