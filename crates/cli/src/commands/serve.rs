use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context;
use comity_directory::Directory;
use comity_openid::Openid;
use comity_passkeys::Passkeys;
use comity_passwords::Passwords;
use comity_post::Outbox;
use comity_registrar::{Clock, Registrar, SystemClock};
use comity_web::inside::{Indoors, returned_path};
use tokio::net::TcpListener;

use crate::arguments::Serve;
use crate::configuration::{Configuration, Listening, Place};
use crate::failure::Failure;
use crate::indoors::House;
use crate::keys::KeyFolder;
use crate::postman::Postman;
use crate::site::Live;
use crate::{loading, mail, monitor, papers, people, storage};

/// Serves the conference from a folder or a database.
pub async fn run(options: &Serve, configuration: &Configuration) -> Result<(), Failure> {
    let place = configuration.place(&options.place)?;
    let register = storage::open_to_serve(&place).await?;
    let registrar = loading::registrar(register, loading::instants(None)).await?;
    loading::require_rules(&registrar, &place.option())?;
    // A directory that came back from an old copy may still know who was erased since.
    let again = people::erase_again(&place, &people::erased_in(&registrar)).await?;
    if again > 0 {
        tracing::warn!(
            people = again,
            "the directory knew people who are erased; it forgot them again"
        );
    }
    let registrar = signing(registrar, configuration.key_folder_if_given(&place));
    let listening = configuration.listening(&options.listen);
    let directory = storage::directory_made(&place).await?;
    sweep(Arc::clone(&directory));
    let way = mail::way(&options.mail, configuration, &listening, &place)?;
    let outbox = way.is_some().then(|| Outbox::new(Arc::clone(&directory)));
    let links = way.as_ref().is_some_and(|way| way.chosen);
    if let (Some(way), Some(outbox)) = (way, outbox.clone()) {
        let postman = Postman {
            registrar: registrar.clone(),
            directory: Arc::clone(&directory),
            clock: Arc::new(SystemClock),
            outbox,
            carrier: way.carrier,
            from: way.from,
            address: way.address,
            links,
        };
        postman.start();
    }
    let papers = papers::open(&place, &configuration.files(&options.files))?;
    if let Some(papers) = &papers {
        let state = registrar.state();
        let again = papers::forget_again(papers.as_ref(), &state.conference).await?;
        if again > 0 {
            tracing::warn!(
                papers = again,
                "there were papers of people who are erased; they are gone again"
            );
        }
    }
    let ministries = ministries(configuration, &listening)?;
    let house = House::new(registrar.clone(), directory, is_secure(&listening))
        .with_ministries(ministries)
        .with_papers(papers)
        .with_passkeys(passkeys(&registrar, &listening))
        .with_passwords(passwords(&registrar, configuration, &place))
        .with_letters(outbox, links);
    open(registrar, house, &listening).await
}

/// The registrar with the keys of a folder. It serves without them too, but then nothing that it gives out is signed.
fn signing(registrar: Registrar, folder: Option<KeyFolder>) -> Registrar {
    let Some(folder) = folder else {
        tracing::warn!("no folder of signing keys is given (`--keys`): checkpoints are not signed");
        return registrar;
    };
    let path = folder.path().display().to_string();
    let registrar = registrar.signing_with(Arc::new(folder));
    let signed = registrar
        .public_checkpoint()
        .is_ok_and(|checkpoint| registrar.sign(&checkpoint).is_some());
    if !signed {
        tracing::warn!("no key of this register is in `{path}`: checkpoints are not signed");
    }
    registrar
}

/// Whether readers reach the site over TLS.
pub fn is_secure(listening: &Listening) -> bool {
    let address = listening.public_url.as_deref();
    address.is_some_and(|address| address.starts_with("https://"))
}

/// How often what is over is thrown away: ended sessions, links and ceremonies.
const SWEPT_EVERY: std::time::Duration = std::time::Duration::from_secs(600);

/// Throws away what is over, until the program ends.
fn sweep(directory: Arc<dyn Directory>) {
    tokio::spawn(async move {
        loop {
            if let Err(error) = directory.sweep(SystemClock.now()).await {
                tracing::warn!(%error, "what is over could not be thrown away");
            }
            tokio::time::sleep(SWEPT_EVERY).await;
        }
    });
}

/// The passwords of a site that has the key which seals their second factor.
fn passwords(
    registrar: &Registrar,
    configuration: &Configuration,
    place: &Place,
) -> Option<Passwords> {
    let folder = configuration.key_folder_if_given(place)?;
    // A register of before has none. In a folder of its own one is made; nodes that share a database must share it.
    if matches!(place, Place::Folder(_)) && folder.make_second_factor().is_err() {
        tracing::warn!("the key of second factors cannot be made");
    }
    let Some(key) = folder.second_factor() else {
        tracing::warn!(
            "no key of second factors is in the folder of keys: nobody signs in with a password"
        );
        return None;
    };
    let rules = registrar.state().rules.clone()?;
    let name = rules.process.names.first()?;
    Some(Passwords::new(key, name.get(comity_view::Language::Es)))
}

/// The accounts of ministries that the configuration names.
fn ministries(
    configuration: &Configuration,
    listening: &Listening,
) -> Result<Option<Openid>, Failure> {
    let providers = configuration.ministries();
    if providers.is_empty() {
        return Ok(None);
    }
    let Some(address) = listening.public_url.as_deref() else {
        let error = anyhow::anyhow!("accounts of ministries need the site's own address");
        let help = "add `--public-url https://…`: people are sent back there";
        return Err(Failure::hinted(error, Some(help)));
    };
    let back = format!("{}{}", address.trim_end_matches('/'), returned_path());
    let openid = Openid::new(providers.to_vec(), &back).map_err(|error| {
        let error = anyhow::Error::new(error).context("the account of a ministry cannot be used");
        let help = "docs/operations/configuration.md says how one is given";
        Failure::hinted(error, Some(help))
    })?;
    Ok(Some(openid))
}

/// The passkeys of a site whose address can have them.
fn passkeys(registrar: &Registrar, listening: &Listening) -> Option<Passkeys> {
    let address = listening.public_url.as_deref()?;
    let rules = registrar.state().rules.clone()?;
    let name = rules.process.names.first()?;
    let name = name.get(comity_view::Language::Es);
    Passkeys::new(address, name)
        .inspect_err(|error| tracing::warn!(%error, "nobody can sign in with a passkey"))
        .ok()
}

/// Opens the site and waits until the program is told to stop.
pub async fn open(
    registrar: Registrar,
    house: House,
    listening: &Listening,
) -> Result<(), Failure> {
    let listener = listen(SocketAddr::new(listening.address, listening.port), "--port").await?;
    let address = listener
        .local_addr()
        .context("the port that was taken cannot be read")?;
    let (site, counters) = comity_web::counted_site(
        Arc::new(Live::new(registrar.clone())),
        // Without policies nobody has a seat, and there is no door.
        registrar
            .state()
            .judge
            .is_some()
            .then(|| Arc::new(house) as Arc<dyn Indoors>),
        comity_web::Configuration {
            public_address: listening
                .public_url
                .as_ref()
                .map(|url| url.trim_end_matches('/').to_owned()),
            proxies: listening.proxies.clone(),
            cache_bytes: listening.page_cache,
            ..comity_web::Configuration::default()
        },
    );
    let stop = told_to_stop()?;
    println!("http://{address}/");
    // Whoever reads the address may be a program at the other end of a pipe.
    std::io::stdout()
        .flush()
        .context("the address cannot be printed")?;
    if let Some(metrics) = listening.metrics {
        watch(metrics, monitor::router(registrar, counters)).await?;
    }
    axum::serve(
        listener,
        site.into_make_service_with_connect_info::<SocketAddr>(),
    )
    .with_graceful_shutdown(stop)
    .await
    .context("the site stopped")?;
    Ok(())
}

/// Serves the figures beside the site, until the program ends.
async fn watch(address: SocketAddr, router: axum::Router) -> Result<(), Failure> {
    let listener = listen(address, "--metrics").await?;
    let address = listener
        .local_addr()
        .context("the port that was taken cannot be read")?;
    tracing::info!(address = monitor::address(address), "figures are served");
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "figures are no longer served");
        }
    });
    Ok(())
}

async fn listen(address: SocketAddr, option: &str) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        let hint = match error.kind() {
            std::io::ErrorKind::AddrInUse => format!("another program has it: choose another with `{option}`; port 0 takes any that is free"),
            std::io::ErrorKind::PermissionDenied => format!("ports below 1024 need the right to take them: choose a higher one with `{option}`"),
            _ => format!("look at `--listen` and `{option}`"),
        };
        Failure::hinted(anyhow::Error::new(error).context(format!("cannot listen on {address}")), Some(hint))
    })
}

/// Ctrl-C or a termination signal; requests under way are finished. Both are heeded from the call on, so that whoever
/// was told the address can end the program at once.
fn told_to_stop() -> Result<impl Future<Output = ()>, Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let heed = |kind| signal(kind).context("the signals of the system cannot be heeded");
    let mut interrupt = heed(SignalKind::interrupt())?;
    let mut terminate = heed(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
